extension Filter { static let dates: [Filter] = [] }
extension Filter { static let structures: [Filter] = [] }

extension Filter { static let dates: [Filter] = [] }

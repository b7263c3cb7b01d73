extension Filter { static let text: [Filter] = [] }
extension Filter { static let lists: [Filter] = [] }
extension Filter { static let numbers: [Filter] = [] }
extension Filter { static let encodings: [Filter] = [] }
extension Filter { static let dates: [Filter] = [] }
extension Filter { static let structures: [Filter] = [] }
extension Filter { static let patterns: [Filter] = [] }

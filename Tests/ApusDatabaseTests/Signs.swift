import Synchronization

/// Small things that closures on other threads change and tests look at.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .sequentiallyConsistent) }
    func add() { count.add(1, ordering: .sequentiallyConsistent) }
}

final class Flag: Sendable {
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .sequentiallyConsistent) }
    func set(_ value: Bool) { flag.store(value, ordering: .sequentiallyConsistent) }
}

final class Seen: Sendable {
    private let texts = Mutex<[String]>([])
    var value: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
    func clear() { texts.withLock { $0 = [] } }
}

public import ApusPlugin
import Synchronization

/// The task types that call HTTP servers.
public enum HTTPPlugins {
    private static let policy = Mutex(AddressPolicy())

    /// Which addresses tasks of this process may connect to.
    static var addresses: AddressPolicy { policy.withLock { $0 } }

    /// - Parameter addresses: Holds for every task of this process from now on.
    public static func add(to registry: inout PluginRegistry, addresses: AddressPolicy = AddressPolicy()) {
        policy.withLock { $0 = addresses }
        registry.add(runnable: RequestTask.self)
        registry.add(runnable: DownloadTask.self)
        registry.add(polling: HTTPTrigger.self)
    }
}

import ApusModel
import Foundation

/// What expressions of every execution see of the server: `envs`, `globals` and `kestra`.
enum Environment {
    static func variables(_ configuration: Configuration) -> OrderedMap<Value> {
        var envs: OrderedMap<Value> = [:]
        let prefix = configuration.variables.environmentPrefix
        for (name, value) in ProcessInfo.processInfo.environment.sorted(by: { $0.key < $1.key }) {
            // `KESTRA_` was the prefix of the first versions, and flows still rely on it.
            for prefix in Set([prefix, "KESTRA_"]) where name.hasPrefix(prefix) && name.count > prefix.count {
                let key = name.dropFirst(prefix.count).lowercased()
                guard !configuration.variables.redactedEnvironment.contains(name), key != "configuration"
                else { continue }
                envs[key] = .string(value)
            }
        }
        var kestra: OrderedMap<Value> = [:]
        if let name = configuration.environment.name { kestra["environment"] = ["name": .string(name)] }
        if let url = configuration.url { kestra["url"] = .string(url) }
        return [
            "envs": .map(envs), "globals": .map(configuration.variables.globals), "kestra": .map(kestra),
        ]
    }
}

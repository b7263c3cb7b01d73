internal import ApusModel
internal import ApusYAML

/// Walks through the sources and collects faults.
struct ConfigurationReader {
    private let environment: [String: String]
    private var configuration = Configuration()
    private var faults: [Fault] = []
    private var document = YAMLDocument(root: .null, positions: PositionMap(), source: "")
    /// The environment variable that holds the document; `nil` for the file.
    private var origin: String?

    private static let settings = Dictionary(
        Settings.all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    /// Every beginning of a key: `kestra`, `kestra.storage`.
    private static let branches: Set<String> = Set(Settings.all.flatMap { beginnings(of: $0.key) })

    init(environment: [String: String]) { self.environment = environment }

    func result() throws(ConfigurationFaults) -> Configuration {
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
        return configuration
    }

    mutating func read(_ text: String, from origin: String?) {
        self.origin = origin
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        do throws(Fault) {
            document = try YAML.parse(text)
            guard case .map(let entries) = document.root else {
                throw Fault(
                    .error, "expected a map, found \(document.root.kind)",
                    position: SourcePosition(line: 1, column: 1),
                    remedy: "begin with `kestra:`")
            }
            walk(entries, at: ValuePath(), key: "")
        } catch {
            report(error)
        }
    }

    private mutating func walk(_ entries: OrderedMap<Value>, at path: ValuePath, key parent: String) {
        for (name, value) in entries {
            let place = path.key(name)
            let key = (parent.isEmpty ? "" : parent + ".") + Self.dashed(name)
            if let setting = Self.settings[key] {
                apply(setting, value, at: place)
            } else if Self.branches.contains(key) {
                switch value {
                case .null: continue
                case .map(let children): walk(children, at: place, key: key)
                default:
                    report(
                        Fault(
                            .error, "expected a map, found \(value.kind)", at: place,
                            position: document.positions.position(of: place)))
                }
            } else if Self.isWithoutEffect(key) {
                note("`\(key)` has no effect on this server", at: place)
            } else {
                reportUnknown(key, at: place)
            }
        }
    }

    private mutating func apply(_ setting: Setting, _ value: Value, at path: ValuePath) {
        guard !value.isNull else { return }
        do throws(SettingError) {
            let filled = try Placeholders.fill(value, from: environment)
            try setting.apply(&configuration, SettingValue(value: filled, literal: document.literals[path]))
        } catch {
            report(
                Fault(
                    .error, error.message, at: path, position: document.positions.position(of: path),
                    remedy: error.remedy))
        }
    }

    private mutating func reportUnknown(_ key: String, at path: ValuePath) {
        let parent = key.split(separator: ".").dropLast().joined(separator: ".")
        let near =
            NearestName.of(
                key, among: Self.settings.keys.sorted() + Self.branches.sorted() + Settings.withoutEffect)
            ?? (parent.isEmpty ? nil : Self.settings.keys.sorted().first { $0.hasPrefix(parent + ".") })
        report(
            Fault(
                .error, "unknown setting `\(key)`", at: path,
                position: document.positions.positionOfKey(path),
                remedy: near.map { "did you mean `\($0)`?" } ?? "remove it"))
    }

    private mutating func report(_ fault: Fault) {
        var fault = fault
        if let origin { fault.message = "in \(origin): \(fault.message)" }
        faults.append(fault)
    }

    private mutating func note(_ message: String, at path: ValuePath) {
        configuration.notes.append(
            Fault(.info, message, at: path, position: document.positions.positionOfKey(path), remedy: nil))
    }

    /// Settings given one by one, in the order of their names.
    mutating func readVariables() {
        origin = nil
        let prefixes = ["KESTRA_", "APUS_", "MICRONAUT_", "ENDPOINTS_", "LOGGER_LEVELS"]
        for (name, text) in environment.sorted(by: { $0.key < $1.key })
        where prefixes.contains(where: name.hasPrefix) && name != "KESTRA_CONFIGURATION" {
            let variable = SettingVariable(name)
            guard let setting = variable.setting else {
                if let note = variable.note { configuration.notes.append(note) }
                continue
            }
            do throws(SettingError) {
                try setting.apply(&configuration, SettingValue(value: .string(text)))
            } catch {
                faults.append(
                    Fault(
                        .error, "in the environment variable \(name): \(error.message)", remedy: error.remedy)
                )
            }
        }
    }

    private static func isWithoutEffect(_ key: String) -> Bool {
        Settings.withoutEffect.contains { key == $0 || key.hasPrefix($0 + ".") }
    }

    private static func beginnings(of key: String) -> [String] {
        var parts = key.split(separator: ".")
        var result: [String] = []
        while parts.count > 1 {
            parts.removeLast()
            result.append(parts.joined(separator: "."))
        }
        return result
    }

    /// `basePath` as `base-path`.
    private static func dashed(_ name: String) -> String {
        var result = ""
        for character in name {
            if character.isUppercase, let last = result.last, last.isLowercase || last.isNumber {
                result += "-"
            }
            result += character.lowercased()
        }
        return result
    }
}

internal import ApusModel

/// One key of the configuration and what it changes.
struct Setting: Sendable {
    typealias Apply = @Sendable (inout Configuration, SettingValue) throws(SettingError) -> Void

    /// Dotted, in small letters with dashes: `kestra.storage.local.base-path`.
    let key: String
    let apply: Apply

    init(_ key: String, _ apply: @escaping Apply) {
        self.key = key
        self.apply = apply
    }

    static func text(_ key: String, _ path: any WritableKeyPath<Configuration, String> & Sendable) -> Setting
    {
        Setting(key) { configuration, value throws(SettingError) in
            configuration[keyPath: path] = try value.text()
        }
    }

    static func text(_ key: String, _ path: any WritableKeyPath<Configuration, String?> & Sendable) -> Setting
    {
        Setting(key) { configuration, value throws(SettingError) in
            configuration[keyPath: path] = try value.text()
        }
    }

    static func texts(_ key: String, _ path: any WritableKeyPath<Configuration, [String]> & Sendable)
        -> Setting
    {
        Setting(key) { configuration, value throws(SettingError) in
            configuration[keyPath: path] = try value.texts()
        }
    }

    static func flag(_ key: String, _ path: any WritableKeyPath<Configuration, Bool> & Sendable) -> Setting {
        Setting(key) { configuration, value throws(SettingError) in
            configuration[keyPath: path] = try value.flag()
        }
    }

    static func number(
        _ key: String, in range: ClosedRange<Int>, _ path: any WritableKeyPath<Configuration, Int> & Sendable
    ) -> Setting {
        Setting(key) { configuration, value throws(SettingError) in
            configuration[keyPath: path] = try value.number(in: range)
        }
    }

    static func duration(
        _ key: String, _ path: any WritableKeyPath<Configuration, ISODuration> & Sendable
    ) -> Setting {
        Setting(key) { configuration, value throws(SettingError) in
            configuration[keyPath: path] = try value.duration()
        }
    }

    static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ key: String, _ path: any WritableKeyPath<Configuration, Choice> & Sendable
    ) -> Setting where Choice.RawValue == String {
        Setting(key) { configuration, value throws(SettingError) in
            configuration[keyPath: path] = try value.choice(Choice.self)
        }
    }
}

/// Why a setting cannot have the value it was given. The value itself is left out: it may be a secret.
struct SettingError: Error {
    var message: String
    var remedy: String?

    init(_ message: String, remedy: String? = nil) {
        self.message = message
        self.remedy = remedy
    }
}

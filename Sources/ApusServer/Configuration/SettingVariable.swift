internal import ApusModel

/// An environment variable that may be meant as a setting: `KESTRA_STORAGE_LOCAL_BASE__PATH`.
struct SettingVariable {
    private let name: String
    /// Every beginning of the name that ends before `_`, letters and digits alone; the longest last.
    private let beginnings: [String]

    private static let settings = Dictionary(
        Settings.all.map { (bare($0.key), $0) }, uniquingKeysWith: { first, _ in first })
    private static let withoutEffect = Set(Settings.withoutEffect.map(bare))
    /// Beginnings of two parts and more, such as `kestra.storage`: nobody names a variable so by chance.
    private static let branches = Set(
        Settings.all.flatMap { setting in
            let parts = setting.key.split(separator: ".")
            return (2..<max(3, parts.count)).map { bare(parts.prefix($0).joined()) }
        })

    init(_ name: String) {
        self.name = name
        var beginnings: [String] = []
        for part in name.lowercased().split(separator: "_") {
            beginnings.append((beginnings.last ?? "") + Self.bare(String(part)))
        }
        self.beginnings = beginnings
    }

    /// The setting it names; all below an unsupported one, or one that cannot be given in pieces, is that one.
    var setting: Setting? {
        beginnings.last.flatMap { Self.settings[$0] }
            ?? (Settings.unsupported + Settings.undivided).first { beginnings.contains(Self.bare($0.key)) }
    }

    /// What to tell of a variable that names no setting.
    ///
    /// `KESTRA_` also marks variables for `envs`, as flows of the first versions read them: `KESTRA_TEST1` is
    /// nobody's mistake, and `nil`.
    var note: Fault? {
        if beginnings.contains(where: Self.withoutEffect.contains) {
            return Fault(.info, "the environment variable \(name) has no effect as a setting of this server")
        }
        let isBelow = beginnings.dropLast().contains(where: Self.branches.contains)
        guard let near = nearest ?? (isBelow || beginnings.first == "apus" ? "" : nil) else { return nil }
        return Fault(
            .warning, "the environment variable \(name) names no setting and has no effect",
            remedy: near.isEmpty ? nil : "did you mean `\(near)`?")
    }

    /// The variable of the setting that was probably meant. What all have in common, `KESTRA_`, does not count.
    private var nearest: String? {
        guard let root = beginnings.first, let bare = beginnings.last else { return nil }
        let rests = Self.settings.keys.filter { $0.hasPrefix(root) }.map { String($0.dropFirst(root.count)) }
        return NearestName.of(String(bare.dropFirst(root.count)), among: rests.sorted())
            .flatMap { Self.settings[root + $0] }
            .map { $0.key.uppercased().replacing("-", with: "__").replacing(".", with: "_") }
    }

    /// Letters and digits alone: dots, dashes and underscores are alike in the environment.
    private static func bare(_ key: String) -> String { key.filter { $0 != "." && $0 != "-" && $0 != "_" } }
}

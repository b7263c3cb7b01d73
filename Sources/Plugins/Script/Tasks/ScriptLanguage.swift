/// A language whose scripts are run by a program that takes a file.
protocol ScriptLanguage: Sendable {
    /// The last part of the package, as in `io.kestra.plugin.scripts.<package>.Script`.
    static var package: String { get }
    /// As people write it: `Node.js`.
    static var title: String { get }
    /// Of script files, without the dot.
    static var suffix: String { get }
    /// What runs a script file: `node`, `go run`.
    static var program: String { get }
}

enum Shell: ScriptLanguage {
    static let (package, title, suffix, program) = ("shell", "the shell", "sh", "sh")
}
enum Node: ScriptLanguage {
    static let (package, title, suffix, program) = ("node", "Node.js", "mjs", "node")
}
enum Bun: ScriptLanguage {
    static let (package, title, suffix, program) = ("bun", "Bun", "ts", "bun run")
}
enum Deno: ScriptLanguage {
    static let (package, title, suffix, program) = ("deno", "Deno", "ts", "deno run")
}
enum Go: ScriptLanguage {
    static let (package, title, suffix, program) = ("go", "Go", "go", "go run")
}
enum Ruby: ScriptLanguage {
    static let (package, title, suffix, program) = ("ruby", "Ruby", "rb", "ruby")
}
enum Perl: ScriptLanguage {
    static let (package, title, suffix, program) = ("perl", "Perl", "pl", "perl")
}
enum PHP: ScriptLanguage {
    static let (package, title, suffix, program) = ("php", "PHP", "php", "php")
}
enum Lua: ScriptLanguage {
    static let (package, title, suffix, program) = ("lua", "Lua", "lua", "lua")
}
enum Julia: ScriptLanguage {
    static let (package, title, suffix, program) = ("julia", "Julia", "jl", "julia")
}
enum R: ScriptLanguage {
    static let (package, title, suffix, program) = ("r", "R", "R", "Rscript")
}

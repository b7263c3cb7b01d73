import ApusCommandLine
import ApusEngine
import ApusModel

/// `apus migrate FILE`: prints a flow in the other edition of the language.
enum MigrateCommand {
    static let command = Command(
        "migrate", "Prints a flow in the other edition of the language; `-` reads standard input.",
        arguments: "FILE", count: 1...1,
        options: [
            .init("--to", "1|2", "The edition to write it in; the other one when left out"),
            .init("--explain", "Tells on standard error what was changed, and why"),
        ] + ServerSettings.options, run: run)

    /// What cannot be migrated is told in any case, and makes the status 1: the text needs a hand.
    private static func run(_ arguments: Arguments) async throws -> Int32 {
        let name = arguments.positional.first ?? "-"
        let source = try TextFile.read(name)
        let file = TextFile.label(name)
        let wanted = try arguments.integer("--to", in: 1...2).flatMap(Edition.init(rawValue:))
        return try await LocalInstance.with(arguments) { instance in
            let present = instance.flows.validate(source)
            let edition = wanted ?? (present.edition == .one ? .two : .one)
            let migration: Migration
            do throws(Fault) {
                migration = try Migration(source, to: edition, compiler: instance.flows.compiler)
            } catch {
                throw FileFaults(file: file, faults: [error])
            }
            if arguments.has("--explain") {
                Output.errors.line(
                    "\(file): from edition \(present.edition.rawValue) (\(present.choice.words)) to edition \(edition.rawValue)"
                )
                for change in migration.changes { Output.errors.line(FaultText(change).line(file: file)) }
                if !migration.keepsFormat {
                    Output.errors.line(
                        "\(file): the flow was printed anew: its comments are not in the result")
                }
            }
            for left in migration.leftovers { Output.errors.line(FaultText(left).line(file: file)) }
            Output.standard.write(migration.text.hasSuffix("\n") ? migration.text : migration.text + "\n")
            return migration.leftovers.isEmpty ? ExitStatus.success : ExitStatus.failed
        }
    }
}

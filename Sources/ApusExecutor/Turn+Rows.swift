import ApusDatabase
import ApusEngine
import ApusExpressions
import ApusModel

extension Turn {
    /// The rows of a file in internal storage, each a value; lines that are no Ion value are texts.
    func rows(of uri: String, _ machine: ExecutionMachine) throws -> Result<[Value], RowsRefused> {
        let request = FactRequest.readFile(path: uri, namespace: nil)
        guard let answer = try answers(to: [request], machine).first?.1 else {
            return .failure(RowsRefused("the file `\(uri)` could not be read"))
        }
        switch answer {
        case .failure(let failure):
            return .failure(RowsRefused("the `values` of a loop: \(failure.message)"))
        case .success(let content):
            guard let text = content?.stringValue else {
                return .failure(RowsRefused("the `values` of a loop: there is no file `\(uri)`"))
            }
            return .success(FileRows.values(of: text))
        }
    }
}

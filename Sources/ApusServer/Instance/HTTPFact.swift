import ApusExpressions
import ApusModel
import ApusPlugin
import ApusPluginsHTTP
import ApusYAML

/// Answers the function `http()`: the body of an answer, read in the form that it has.
enum HTTPFact {
    static func answer(_ arguments: Value) async -> Result<Value?, FactFailure> {
        do {
            return .success(try value(of: try await HTTPFunction().answer(arguments)))
        } catch let error as TaskFailure {
            return .failure(FactFailure(error.message))
        } catch let error as FactFailure {
            return .failure(error)
        } catch {
            return .failure(FactFailure("the call was not made: \(error)"))
        }
    }

    /// JSON and YAML as values, anything else as text; null for an answer without a body.
    static func value(of answer: HTTPFunction.Answer) throws(FactFailure) -> Value {
        guard !answer.text.isEmpty else { return .null }
        switch answer.mediaType {
        case .some(let type) where type == "application/json" || type.hasSuffix("+json"):
            do {
                return try JSONParser.parse(answer.text)
            } catch {
                throw FactFailure("the answer says it is JSON, and it is not: \(error)")
            }
        case .some(let type) where yamlTypes.contains(type) || type.hasSuffix("+yaml"):
            do throws(Fault) {
                return try YAML.parse(answer.text).root
            } catch {
                throw FactFailure("the answer says it is YAML, and it is not: \(error.message)")
            }
        default: return .string(answer.text)
        }
    }

    private static let yamlTypes: Set<String> = [
        "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml",
    ]
}

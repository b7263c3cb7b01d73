import ApusExpressions
import Foundation

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "render" {
    exit(RenderCommand.run(arguments: Array(arguments.dropFirst())))
}
print("apus")

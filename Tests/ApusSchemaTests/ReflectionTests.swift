import ApusModel
import ApusSchema
import Testing

@Suite struct ReflectionTests {
    @Test(
        "a property's Swift type says what it accepts",
        arguments: [
            ("name", .string), ("times", .integer), ("delay", .duration), ("ratio", .number),
            ("strict", .boolean),
            ("since", .instant), ("level", .enumeration(LogLevel.allCases.map(\.rawValue))),
            ("words", .list(.string)),
            ("levels", .list(.enumeration(LogLevel.allCases.map(\.rawValue)))), ("headers", .map(.integer)),
            ("options", .map(.any)), ("extra", .any), ("taskRunner", .plugin(base: "taskRunner")),
            ("else", .string),
        ] as [(String, ValueType)])
    func types(name: String, type: ValueType) throws {
        #expect(try #require(Samples.task.property(named: name)).valueType == type)
    }

    @Test("groups become objects, in lists and maps too")
    func groups() throws {
        let file = try #require(Samples.task.property(named: "file")).valueType
        guard case .object(let properties) = file else {
            Issue.record("\(file)")
            return
        }
        #expect(properties.map(\.name) == ["path", "mode"])
        #expect(Samples.task.property(named: "files")?.valueType == .list(file))
        #expect(Samples.task.property(named: "named")?.valueType == .map(file))
    }

    @Test("required is what has no default and is not optional")
    func required() {
        #expect(Samples.task.properties.filter(\.isRequired).map(\.name) == ["name"])
        #expect(Samples.log.properties.map(\.isRequired) == [true, false])
    }

    @Test(
        "defaults are shown as users write them",
        arguments: [
            ("times", 3), ("delay", "PT5S"), ("strict", false), ("ratio", nil), ("levels", ["INFO"]),
            ("words", []),
            ("headers", [:]), ("name", nil), ("else", "x"),
        ] as [(String, Value?)])
    func defaults(name: String, value: Value?) throws {
        #expect(try #require(Samples.task.property(named: name)).defaultValue == value)
    }

    @Test("the rest of the declaration is there, in order")
    func rest() {
        #expect(Samples.task.properties.prefix(3).map(\.name) == ["name", "times", "delay"])
        #expect(Samples.task.property(named: "tries")?.name == "times")
        #expect(Samples.task.property(named: "strict")?.isDynamic == false)
        #expect(Samples.task.isDeprecated)
        #expect(Samples.log.aliases == ["io.kestra.core.tasks.log.Log"])
        #expect(Samples.log.property(named: "timeout")?.valueType == .duration)
    }
}

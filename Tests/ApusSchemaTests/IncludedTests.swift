import ApusModel
import ApusSchema
import Testing

/// Properties that several types share.
@Suite struct IncludedTests {
    struct Shared: PropertyGroup {
        @Property("Where to.") var target: String
        @Property("How often.", aliases: ["repeat"]) var times: Int = 2
    }

    struct Task: PluginType {
        static let type = "test.Task"
        static let summary = "Has properties of its own and shared ones."

        @Property("Its own.") var name: String?
        @Included var shared: Shared
        @Property("After them.") var last: Bool = false
    }

    @Test("they stand among the type's own, in the order of the declarations")
    func described() {
        let schema = TypeSchema(Task.self, kind: .runnable)
        #expect(schema.properties.map(\.name) == ["name", "target", "times", "last"])
        #expect(schema.property(named: "repeat")?.name == "times")
    }

    @Test("they are read from the map of the type itself")
    func decoded() throws {
        let task = try decode(Task.self, from: ["target": "here", "repeat": "3", "name": "n", "last": true])
        #expect(task.shared.target == "here" && task.shared.times == 3)
        #expect(task.name == "n" && task.last)
        #expect(try decode(Task.self, from: ["target": "here"]).shared.times == 2)
    }

    @Test("what is wrong with them is told by their own names")
    func refused() {
        #expect(throws: DecodingFaults([Fault("must not be null", at: ValuePath().key("target"))])) {
            try decode(Task.self, from: [:])
        }
    }
}

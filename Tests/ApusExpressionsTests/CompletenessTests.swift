import Testing

@testable import ApusExpressions

/// Every name that templates can use has rows that accept it and rows that refuse it.
@Suite struct CompletenessTests {
    @Test("every filter has rows")
    func filters() {
        let entries = [
            CoreFilterTests.entries, TextFilterTests.entries, ListFilterTests.entries,
            NumberFilterTests.entries,
            EncodingFilterTests.entries, DateFilterTests.entries, StructureFilterTests.entries,
            PatternFilterTests.entries,
        ]
        expect(entries.joined(), toCover: Filter.all.keys.sorted(), of: "filter") { ["| \($0)"] }
        for filter in Filter.all.values {
            expect(entries.joined(), toName: filter.signature, of: filter.name)
        }
        // The 60 of Kestra, and `format`, `jsonEncode` and `nl2br`, which it has though it does not list them.
        #expect(Filter.all.count == 63)
    }

    @Test("every function has rows")
    func functions() {
        let entries = [
            CoreFunctionTests.entries, DataFunctionTests.entries, IdentifierFunctionTests.entries,
            CalendarFunctionTests.entries, CryptographyFunctionTests.entries, RenderingFunctionTests.entries,
            ExecutionFunctionTests.entries, FactFunctionTests.entries, FileFunctionTests.entries,
            UnsupportedFunctionTests.entries,
        ]
        // `block` belongs to the template and stands in no list.
        let names = Function.all.keys.sorted() + ["block"]
        let unsupported = Set(Function.all.values.filter { $0.refusal != nil }.map(\.name))
        expect(entries.joined(), toCover: names, of: "function", neverAccepting: unsupported) { ["\($0)("] }
        for function in Function.all.values where function.refusal == nil {
            expect(entries.joined(), toName: function.signature, of: function.name)
        }
        #expect(unsupported == ["appLink", "credential", "i18n", "parent", "subflow"])
        // The 52 of Kestra, and `jsonDecode`, an older name.
        #expect(names.count == 53)
    }

    @Test("every test has rows")
    func tests() {
        expect(TestTests.entries, toCover: ApusExpressions.Test.all.keys.sorted(), of: "test") {
            ["is \($0)", "is not \($0)"]
        }
        #expect(ApusExpressions.Test.all.count == 8)
    }

    @Test("every operator has rows")
    func operators() {
        // `+` and `-` stand before an operand as well; the last are no operators to the parser.
        let names = Set(BinaryOperator.allCases.map(\.rawValue) + UnaryOperator.allCases.map(\.rawValue))
        let others = ["equals", "|", "is", "is not", "? :"]
        expect(OperatorTests.entries, toCover: names.sorted() + others, of: "operator") {
            $0 == "? :" ? ["?"] : [$0]
        }
    }

    @Test("every tag has rows")
    func tags() {
        let names = ["block", "filter", "for", "if", "macro", "raw", "set", "verbatim"]
        expect(TagTests.entries, toCover: names, of: "tag") { _ in ["{"] }
    }

    @Test("a name without rows is found, and so are rows without a name and rows of another name")
    func missing() {
        let entries = [
            Entry(
                "a", [("{{ a }}", "1"), ("{{ a + a }}", "2"), ("{{ -a }}", "3")],
                refuses: [No("{{ a a }}", "")]),
            Entry("b", [("{{ b }}", "1"), ("{{ c }}", "1")], refuses: [No("{{ d }}", "")]),
            Entry("c", [], refuses: []),
        ]
        #expect(
            faults(of: entries, names: ["a"]) { [$0] } == [
                "`{{ c }}` does not use `b`", "`{{ d }}` does not use `b`", "`b` has rows but does not exist",
                "`c` has rows but does not exist",
            ])
        #expect(
            faults(of: entries, names: ["a", "b", "c", "d"]) { ["{{ \($0)", "-\($0)"] } == [
                "`{{ c }}` does not use `b`", "`{{ d }}` does not use `b`",
                "`b` has 2 accepting rows, 3 are needed", "`c` has 0 accepting rows, 3 are needed",
                "`c` has no refusal", "`d` has 0 accepting rows, 3 are needed", "`d` has no refusal",
            ])
    }

    /// - Parameter uses: How a row of a name may use it.
    private func expect(
        _ entries: some Sequence<Entry>, toCover names: [String], of kind: Comment,
        neverAccepting unsupported: Set<String> = [], uses: (String) -> [String]
    ) {
        #expect(faults(of: entries, names: names, neverAccepting: unsupported, uses: uses) == [], kind)
    }

    /// Every argument is given by its name in some row.
    private func expect(_ entries: some Sequence<Entry>, toName signature: Signature, of name: String) {
        let templates = entries.filter { $0.name == name }.flatMap { entry in
            entry.accepts.map(\.template) + entry.refuses.map(\.template)
        }
        for place in 0..<9 {
            let argument = signature.name(at: place)
            // Behind the last parameter there are only numbers.
            guard argument != "\(place + 1)" else { return }
            #expect(templates.contains { $0.contains("\(argument)=") }, "`\(argument)` of `\(name)`")
        }
    }

    private func faults(
        of entries: some Sequence<Entry>, names: [String], neverAccepting unsupported: Set<String> = [],
        uses: (String) -> [String]
    ) -> [String] {
        var faults: [String] = []
        var accepted: [String: Int] = [:]
        var refused: Set<String> = []
        for entry in entries {
            accepted[entry.name, default: 0] += entry.accepts.count
            if !entry.refuses.isEmpty { refused.insert(entry.name) }
            let forms = uses(entry.name)
            for template in entry.accepts.map(\.template) + entry.refuses.map(\.template)
            where !forms.contains(where: template.contains) {
                faults.append("`\(template)` does not use `\(entry.name)`")
            }
        }
        for name in names {
            let count = accepted[name, default: 0]
            if unsupported.contains(name) {
                if count > 0 { faults.append("`\(name)` is not supported and has accepting rows") }
            } else if count < 3 {
                faults.append("`\(name)` has \(count) accepting rows, 3 are needed")
            }
            if !refused.contains(name) { faults.append("`\(name)` has no refusal") }
        }
        let unknown = Set(accepted.keys).subtracting(names)
        return faults + unknown.sorted().map { "`\($0)` has rows but does not exist" }
    }
}

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
        expect(entries.joined(), toCover: Filter.all.keys.sorted(), of: "filter")
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
        expect(entries.joined(), toCover: names, of: "function", neverAccepting: unsupported)
        #expect(unsupported == ["appLink", "credential", "i18n", "parent", "subflow"])
        // The 52 of Kestra, and `jsonDecode`, an older name.
        #expect(names.count == 53)
    }

    @Test("every test has rows")
    func tests() {
        expect(TestTests.entries, toCover: ApusExpressions.Test.all.keys.sorted(), of: "test")
        #expect(ApusExpressions.Test.all.count == 8)
    }

    @Test("every operator has rows")
    func operators() {
        // `+` and `-` stand before an operand as well; the last are no operators to the parser.
        let names = Set(BinaryOperator.allCases.map(\.rawValue) + UnaryOperator.allCases.map(\.rawValue))
        let others = ["equals", "|", "is", "is not", "? :"]
        expect(OperatorTests.entries, toCover: names.sorted() + others, of: "operator")
    }

    @Test("every tag has rows")
    func tags() {
        let names = ["block", "filter", "for", "if", "macro", "raw", "set", "verbatim"]
        expect(TagTests.entries, toCover: names, of: "tag")
    }

    @Test("a name without rows is found, and so is a row without a name")
    func missing() {
        let entries = [
            Entry(
                "a", [("{{ 1 }}", "1"), ("{{ 2 }}", "2"), ("{{ 3 }}", "3")],
                refuses: [No("{{ }}", "expected")]),
            Entry("b", [("{{ 1 }}", "1")], refuses: [No("{{ }}", "expected")]), Entry("c", [], refuses: []),
        ]
        #expect(
            faults(of: entries, names: ["a"]) == [
                "`b` has rows but does not exist", "`c` has rows but does not exist",
            ])
        #expect(
            faults(of: entries, names: ["a", "b", "c", "d"]) == [
                "`b` has 1 accepting rows, 3 are needed", "`c` has 0 accepting rows, 3 are needed",
                "`c` has no refusal", "`d` has 0 accepting rows, 3 are needed", "`d` has no refusal",
            ])
    }

    private func expect(
        _ entries: some Sequence<Entry>, toCover names: [String], of kind: String,
        neverAccepting unsupported: Set<String> = []
    ) {
        #expect(faults(of: entries, names: names, neverAccepting: unsupported) == [], "\(kind)")
    }

    private func faults(
        of entries: some Sequence<Entry>, names: [String], neverAccepting unsupported: Set<String> = []
    ) -> [String] {
        var accepted: [String: Int] = [:]
        var refused: Set<String> = []
        for entry in entries {
            accepted[entry.name, default: 0] += entry.accepts.count
            if !entry.refuses.isEmpty { refused.insert(entry.name) }
        }
        var faults: [String] = []
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

import ApusCommandLine
import ApusModel
import Testing

@Suite struct ReportTests {
    @Test("a fault stands in the form that editors read")
    func faults() {
        let path = ValuePath().key("tasks").index(0).key("levle")
        let fault = Fault(
            "unknown property", at: path, position: SourcePosition(line: 7, column: 9),
            remedy: "did you mean `level`?")
        #expect(
            FaultText(fault).line(file: "a.yaml")
                == "a.yaml:7:9: error: tasks[0].levle: unknown property; did you mean `level`?")
        #expect(FaultText(Fault(.warning, "empty")).line(file: "<stdin>") == "<stdin>: warning: empty")
    }

    @Test("a refusal shows the server's message and its faults")
    func refusals() {
        let refused = """
            {"message": "Invalid entity: a: no", "_embedded": {"errors": [{"message": "no", "path": "a"}]},
             "faults": [{"severity": "error", "message": "no", "path": "a", "line": 3, "column": 1, "remedy": null}]}
            """
        let body = Array(refused.utf8)
        #expect(RefusalText.lines(status: 422, body: body, file: "f.yaml") == ["f.yaml:3:1: error: a: no"])
        #expect(RefusalText.lines(status: 422, body: body) == ["Invalid entity: a: no"])
        let unnamed = Array(
            #"{"message": "Bad", "_embedded": {"errors": [{"message": "worse", "path": "b"}]}}"#.utf8)
        #expect(RefusalText.lines(status: 400, body: unnamed) == ["Bad", "  b: worse"])
        #expect(
            RefusalText.lines(status: 400, body: unnamed, file: "f.yaml") == [
                "f.yaml: error: Bad", "  b: worse",
            ])
        #expect(RefusalText.lines(status: 502, body: Array("<html>".utf8)) == ["the server answered 502"])
        #expect(RefusalText.lines(status: 401, body: []).first?.contains("--user") == true)
    }

    @Test("columns are as wide as their widest cell")
    func tables() {
        var table = Table(["ID", "STATE"])
        table.rows = [["a-long-id", "x"], ["b\u{1B}[0m", ""]]
        #expect(table.text == "ID         STATE\na-long-id  x\nb[0m\n")
    }

    @Test("a task cannot steer the reader's terminal")
    func printable() {
        #expect(
            LogText.printable("a\u{1B}]0;title\u{7}b\r\nc\td\u{202E}", keepsLines: true)
                == "a]0;titleb \nc\td")
        #expect(LogText.printable("a\nb\tc\r\nd", keepsLines: false) == "a b c  d")
        #expect(LogText.printable("grüße 🐝", keepsLines: false) == "grüße 🐝")
    }
}

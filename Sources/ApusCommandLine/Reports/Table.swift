/// Rows of text under a head, in columns as wide as their widest cell.
package struct Table: Sendable {
    package var head: [String]
    package var rows: [[String]] = []

    package init(_ head: [String]) { self.head = head }

    /// Ends with a line break. Control characters are left out.
    package var text: String {
        let all = ([head] + rows).map { row in row.map { LogText.printable($0, keepsLines: false) } }
        let widths = head.indices.map { column in
            all.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return all.map { row in
            let cells = zip(row, widths).map { cell, width in cell.padded(to: width) }
            return cells.joined(separator: "  ").trimmedAtEnd + "\n"
        }.joined()
    }
}

extension String {
    fileprivate var trimmedAtEnd: Substring {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return text
    }
}

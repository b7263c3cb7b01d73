internal import ApusModel
internal import CYAML

/// One step of reading a YAML text.
struct Event {
    enum Kind {
        case streamEnd
        case documentStart(isExplicit: Bool)
        case documentEnd
        case alias(String)
        case scalar(Scalar)
        case listStart(Properties)
        case listEnd
        case mapStart(Properties)
        case mapEnd
    }

    struct Properties {
        var anchor: String?
        /// The tag in full, `tag:yaml.org,2002:str`; `nil` where none is written.
        var tag: String?
    }

    struct Scalar {
        var text: String
        var isPlain: Bool
        /// Where the content begins, when its characters stand in the document as they are.
        var place: TextPlace?
        var properties: Properties
    }

    var kind: Kind
    var position: SourcePosition
}

/// The events of a text, one after the other, from libyaml's parser.
///
/// A class for it owns the C parser and the bytes that the parser reads.
final class EventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private var lines = LineFinder()

    init(_ text: String) {
        let hasMark = text.unicodeScalars.first == "\u{FEFF}"
        let utf8 = Array(text.utf8.dropFirst(hasMark ? 3 : 0))
        bytes = .allocate(capacity: max(utf8.count, 1))
        _ = bytes.initialize(from: utf8)
        parser = .allocate(capacity: 1)
        precondition(yaml_parser_initialize(parser) == 1, "out of memory")
        yaml_parser_set_input_string(parser, UnsafePointer(bytes.baseAddress), utf8.count)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        bytes.deallocate()
    }

    func next() throws(Fault) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_START_EVENT { return try next() }
        return Event(kind: kind(of: event), position: SourcePosition(event.start_mark))
    }

    private func kind(of event: yaml_event_t) -> Event.Kind {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: .documentStart(isExplicit: event.data.document_start.implicit == 0)
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_ALIAS_EVENT: .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: .scalar(scalar(event))
        case YAML_SEQUENCE_START_EVENT:
            .listStart(
                Event.Properties(
                    anchor: text(event.data.sequence_start.anchor), tag: text(event.data.sequence_start.tag)))
        case YAML_SEQUENCE_END_EVENT: .listEnd
        case YAML_MAPPING_START_EVENT:
            .mapStart(
                Event.Properties(
                    anchor: text(event.data.mapping_start.anchor), tag: text(event.data.mapping_start.tag)))
        case YAML_MAPPING_END_EVENT: .mapEnd
        default: .streamEnd
        }
    }

    private func scalar(_ event: yaml_event_t) -> Event.Scalar {
        let scalar = event.data.scalar
        let content = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return Event.Scalar(
            text: String(decoding: content, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
            place: place(of: event, content: content),
            properties: Event.Properties(anchor: text(scalar.anchor), tag: text(scalar.tag)))
    }

    private func place(of event: yaml_event_t, content: UnsafeBufferPointer<UInt8>) -> TextPlace? {
        let (start, end) = (event.start_mark, event.end_mark)
        let length = content.count { $0 & 0xC0 != 0x80 }
        switch event.data.scalar.style {
        case YAML_LITERAL_SCALAR_STYLE:
            return lines.indent(ofBlockAfter: start.line, in: UnsafeBufferPointer(bytes)).map {
                TextPlace(start: SourcePosition(line: start.line + 2, column: $0 + 1), isBlock: true)
            }
        case YAML_PLAIN_SCALAR_STYLE:
            guard start.line == end.line, end.column - start.column == length else { return nil }
            return TextPlace(start: SourcePosition(start), isBlock: false)
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE:
            guard start.line == end.line, end.column - start.column == length + 2 else { return nil }
            return TextPlace(
                start: SourcePosition(line: start.line + 1, column: start.column + 2), isBlock: false)
        default: return nil
        }
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func fault() -> Fault {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "unreadable text"
        let context = parser.pointee.context.map { ", \(String(cString: $0))" } ?? ""
        let isReader = parser.pointee.error == YAML_READER_ERROR
        return Fault(
            .error, "not valid YAML: \(problem)\(context)",
            position: isReader
                ? position(ofByte: parser.pointee.problem_offset)
                : SourcePosition(parser.pointee.problem_mark),
            remedy: Self.remedy(for: problem))
    }

    private func position(ofByte offset: Int) -> SourcePosition {
        var position = SourcePosition(line: 1, column: 1)
        for byte in bytes.prefix(offset) {
            if byte == 0x0A {
                position = SourcePosition(line: position.line + 1, column: 1)
            } else if byte & 0xC0 != 0x80 {
                position.column += 1
            }
        }
        return position
    }

    private static func remedy(for problem: String) -> String {
        if problem.hasPrefix("mapping values are not allowed") {
            return "put a value that contains `: ` in quotes, and check the indentation"
        }
        if problem.hasPrefix("found character that cannot start any token") {
            return "put the value in quotes, and indent with spaces, not tabs"
        }
        if problem.hasPrefix("control characters") || problem.contains("UTF-8") {
            return "remove the unprintable character"
        }
        if problem.hasPrefix("found undefined tag handle") {
            return "put a value that begins with `!` in quotes"
        }
        if problem.hasPrefix("found unexpected end of stream") { return "close the quotes" }
        return "check the indentation, brackets and quotes of this line and the one before it"
    }
}

extension SourcePosition {
    init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}

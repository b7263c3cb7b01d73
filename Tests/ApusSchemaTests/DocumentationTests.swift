import ApusModel
import ApusSchema
import Testing

@Suite struct DocumentationTests {
    @Test("a type has a JSON Schema of its own properties")
    func schema() {
        let expected: Value = [
            "$schema": "https://json-schema.org/draft/2019-09/schema", "type": "object",
            "title": "Writes a message to the log of the execution.",
            "properties": [
                "message": [
                    "anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]],
                    "title": "The text to write.", "$dynamic": true, "$required": true,
                ],
                "level": [
                    "anyOf": [
                        ["type": "string", "enum": ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]],
                        ["type": "string", "pattern": "\\{[{%#]"],
                    ],
                    "title": "Severity of the entry.", "default": "INFO", "$dynamic": true,
                    "$required": false,
                ],
            ],
            "required": ["message"], "additionalProperties": false,
        ]
        #expect(Samples.log.jsonSchema == expected)
        let whole = Samples.log.jsonSchema(includingCommon: true)
        #expect(whole["required"] == ["id", "type", "message"])
        #expect(
            whole["properties"]?["type"]
                == ["enum": ["io.kestra.plugin.core.log.Log", "io.kestra.core.tasks.log.Log"]])
        #expect(whole["properties"]?["timeout"] != nil)
    }

    @Test("a type has a page")
    func markdown() {
        #expect(
            Samples.log.markdown == """
                # Log

                ```yaml
                type: "io.kestra.plugin.core.log.Log"
                ```

                Writes a message to the log of the execution.

                Former names: `io.kestra.core.tasks.log.Log`.

                ## Properties

                ### `message`

                - **Type:** text or list of text
                - **Required:** yes
                - **Expressions:** rendered

                The text to write.

                ### `level`

                - **Type:** one of the accepted values
                - **Accepted values:** `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`
                - **Required:** no
                - **Expressions:** rendered
                - **Default:** `"INFO"`

                Severity of the entry.

                """)
        #expect(Samples.task.markdown.contains("#### `files[].path`"))
        #expect(Samples.task.markdown.contains("**Deprecated.**"))
    }
}

// swift-tools-version: 6.0
import PackageDescription

// The architecture: targets in order of layer, dependencies pointing down only.
// ARCHITECTURE.md draws the same graph; a test compares the two.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "apus",
    targets: [
        // language: pure words, templates, declarations
        module("ApusModel"),
        system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        module("ApusYAML", ["ApusModel", "CYAML"]),
        system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CJQ", pkgConfig: "libjq", apt: "libjq-dev"),
        module("ApusExpressions", ["ApusModel", "ApusYAML", "CCrypto", "CJQ"]),
        module("ApusSchema", ["ApusModel", "ApusExpressions"]),

        // rules: pure, what follows from what
        module("ApusEngine", ["ApusModel", "ApusYAML", "ApusExpressions", "ApusSchema"]),

        // ports: protocols, and what is common to all adapters
        module("ApusDatabase", ["ApusModel"]),
        module("ApusStorage", ["ApusModel"]),
        module("ApusPlugin", ["ApusModel", "ApusExpressions", "ApusSchema", "ApusStorage"]),

        // adapters
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        module("ApusDatabaseSQLite", ["ApusDatabase", "ApusModel", "CSQLite"]),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        module(
            "ApusPluginsCore", ["ApusPlugin", "ApusModel", "ApusYAML", "ApusSchema", "ApusExpressions"],
            path: "Sources/Plugins/Core"),
        .systemLibrary(name: "CProcess"),
        module(
            "ApusPluginsScript", ["ApusPlugin", "ApusModel", "ApusSchema", "ApusStorage", "CProcess"],
            path: "Sources/Plugins/Script"),
        module(
            "ApusPluginsHTTP", ["ApusPlugin", "ApusModel", "ApusSchema", "ApusStorage", "CCurl"],
            path: "Sources/Plugins/HTTP"),

        // services: they meet only in the database
        module("ApusExecutor", ["ApusEngine", "ApusDatabase", "ApusModel", "ApusExpressions", "ApusSchema"]),
        module(
            "ApusWorker",
            ["ApusExpressions", "ApusSchema", "ApusPlugin", "ApusDatabase", "ApusStorage", "ApusModel"]),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        module("ApusHTTP", ["ApusModel", "CMicroHTTPD"]),
        module(
            "ApusAPI",
            [
                "ApusHTTP", "ApusEngine", "ApusYAML", "ApusSchema", "ApusExpressions", "ApusDatabase",
                "ApusStorage", "ApusModel", "ApusExecutor",
            ]),

        // composition: knows every module, wires them by role
        module(
            "ApusServer",
            [
                "ApusAPI", "ApusHTTP", "ApusWorker", "ApusExecutor", "ApusEngine", "ApusDatabase",
                "ApusDatabaseSQLite", "ApusStorage", "ApusPlugin", "ApusPluginsCore", "ApusPluginsScript",
                "ApusPluginsHTTP", "ApusYAML", "ApusSchema", "ApusExpressions", "ApusModel",
            ]),
        module(
            "ApusTesting",
            [
                "ApusExecutor", "ApusEngine", "ApusDatabase", "ApusDatabaseSQLite", "ApusExpressions",
                "ApusSchema",
                "ApusModel",
            ]),
        .executableTarget(name: "simulate", dependencies: ["ApusTesting"], swiftSettings: strict),
        module("ApusCommandLine", ["ApusModel"]),
        .executableTarget(
            name: "apus",
            dependencies: [
                "ApusServer", "ApusAPI", "ApusExecutor", "ApusEngine", "ApusDatabase", "ApusYAML",
                "ApusExpressions",
                "ApusModel", "ApusCommandLine", "CCurl",
            ], swiftSettings: strict),
        // measures of the expressions: hostile inputs, and speed against another engine
        .executableTarget(
            name: "fuzz", dependencies: ["ApusExpressions", "ApusModel"], swiftSettings: strict),
        .executableTarget(
            name: "bench-expressions", dependencies: ["ApusExpressions", "ApusModel"],
            path: "Benchmarks/expressions", exclude: ["run", "context.py", "templates"], swiftSettings: strict
        ),

        // tests
        tests("ApusModelTests", ["ApusModel"]),
        tests("ApusYAMLTests", ["ApusYAML", "ApusModel"]),
        tests("ApusExpressionsTests", ["ApusExpressions", "ApusModel"], exclude: ["JavaReference"]),
        tests("ApusSchemaTests", ["ApusSchema", "ApusModel", "ApusExpressions"]),
        tests(
            "ApusEngineTests",
            ["ApusEngine", "ApusModel", "ApusExpressions", "ApusSchema", "ApusYAML", "ApusTesting"],
            exclude: ["Scenarios", "Findings", "Migrations"]),
        tests("ApusDatabaseTests", ["ApusDatabase", "ApusDatabaseSQLite", "ApusModel"]),
        tests("ApusStorageTests", ["ApusStorage", "ApusModel"]),
        tests(
            "ApusPluginsTests",
            [
                "ApusPluginsCore", "ApusPluginsScript", "ApusPluginsHTTP", "ApusPlugin", "ApusStorage",
                "ApusWorker",
                "ApusModel", "ApusSchema", "ApusExpressions",
            ]),
        tests("ApusHTTPTests", ["ApusHTTP", "ApusModel"]),
        tests(
            "ApusAPITests",
            [
                "ApusAPI", "ApusHTTP", "ApusExecutor", "ApusEngine", "ApusDatabase", "ApusDatabaseSQLite",
                "ApusYAML",
                "ApusStorage", "ApusModel", "ApusExpressions", "ApusSchema",
            ]),
        tests(
            "ApusServerTests",
            [
                "ApusServer", "ApusModel", "ApusExecutor", "ApusExpressions", "ApusDatabase", "ApusStorage",
                "ApusWorker", "ApusPluginsHTTP", "ApusPlugin", "ApusSchema",
            ]),
        tests(
            "ApusExecutorTests",
            [
                "ApusExecutor", "ApusEngine", "ApusDatabase", "ApusDatabaseSQLite", "ApusYAML", "ApusModel",
                "ApusExpressions", "ApusSchema",
            ]),
        tests("SimulationTests", ["ApusTesting"]),
        tests("ApusCommandLineTests", ["ApusCommandLine", "ApusModel"]),
        tests("EndToEndTests", ["ApusModel"], exclude: ["Migrations"]),
    ]
)

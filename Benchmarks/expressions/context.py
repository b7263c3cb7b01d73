"""The variables that both engines render with."""


def variables() -> dict:
    return {
        "flow": {"namespace": "company.sales", "id": "load-orders", "revision": 12},
        "execution": {"id": "2yqVtPaHYWDLkjCPXMyTnF", "startDate": "2026-03-05T10:20:30.123456Z"},
        "taskrun": {"id": "6vYpQb3mH1cXw0sRkTnZ2a", "attempt": 2},
        "labels": {"owner": "data platform team"},
        "inputs": {"stage": "production", "schema": "SALES", "table": "ORDERS", "batch": 25, "dryRun": False},
        "vars": {
            "region": "eu-central-1",
            "warehouse": "reporting",
            "bucket": "company-sales-raw",
            "channel": "#loads",
            "webhook": "https://hooks.example.com/services/T000/B000",
            "tags": ["sales", "orders", "daily"],
        },
        "outputs": {
            "task": {"value": "a value of ordinary length"},
            "extract": {
                "rows": 125000,
                "files": [
                    {"name": f"part-{n}", "bytes": 1048576 * n, "key": f"orders/2026/part-{n}.csv", "format": "csv"}
                    for n in range(1, 6)
                ],
            },
            "check": {"failures": 0, "names": []},
        },
        "items": [{"id": n, "name": f"item number {n}", "tags": ["a", "b"]} for n in range(1000)],
        "numbers": list(range(1000)),
    }

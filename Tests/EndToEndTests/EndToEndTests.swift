import Testing

/// The built program as its users meet it: started as a process, spoken to over HTTP and on the command line.
///
/// One test at a time: each has the machine, and thus its timing, to itself.
@Suite(.serialized) struct EndToEndTests {}

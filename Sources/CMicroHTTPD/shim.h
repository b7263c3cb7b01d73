#pragma once
#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

// Swift cannot call variadic functions, and the library's enumerations are imported differently from one version
// to the next: each use of them stands here with plain types.

/// What a daemon is started with and calls; it must live until the daemon has stopped.
/// Sizes in bytes, times in seconds, zero for "no limit".
struct apus_mhd_settings {
    int listen_socket;
    unsigned int threads;
    size_t connection_memory;
    unsigned int connections;
    unsigned int connections_per_address;
    unsigned int idle_seconds;

    /// Given to every callback.
    void *_Nullable context;
    /// A socket was accepted; the answer is kept with it.
    void *_Nullable (*_Nonnull on_open)(void *_Nullable context, struct MHD_Connection *_Nonnull connection);
    /// A socket will be closed.
    void (*_Nonnull on_close)(void *_Nullable socket);
    /// A request line arrived; the answer is kept with the request.
    void *_Nullable (*_Nonnull on_target)(void *_Nullable socket, const char *_Nonnull target);
    /// The head is there, a piece of the body (count > 0), the end, or the connection was resumed.
    /// False closes the connection.
    bool (*_Nonnull on_access)(
        void *_Nullable request, struct MHD_Connection *_Nonnull connection, const char *_Nonnull method,
        const char *_Nonnull version, const char *_Nullable bytes, size_t count);
    /// The request is over, well or not.
    void (*_Nonnull on_completed)(void *_Nullable request);
};

static inline enum MHD_Result apus_mhd_access(
    void *settings, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *bytes, size_t *count, void **request) {
    (void)url;
    size_t taken = bytes ? *count : 0;
    *count = 0;
    return ((struct apus_mhd_settings *)settings)->on_access(*request, connection, method, version, bytes, taken)
        ? MHD_YES : MHD_NO;
}

static inline void apus_mhd_completed(
    void *settings, struct MHD_Connection *connection, void **request, enum MHD_RequestTerminationCode code) {
    (void)connection, (void)code;
    ((struct apus_mhd_settings *)settings)->on_completed(*request);
    *request = NULL;
}

static inline void apus_mhd_connection(
    void *settings, struct MHD_Connection *connection, void **socket, enum MHD_ConnectionNotificationCode code) {
    struct apus_mhd_settings *own = settings;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket = own->on_open(own->context, connection);
    } else {
        own->on_close(*socket);
        *socket = NULL;
    }
}

static inline void *apus_mhd_target(void *settings, const char *target, struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return ((struct apus_mhd_settings *)settings)->on_target(info ? info->socket_context : NULL, target);
}

/// Starts epoll threads on a listening socket; NULL when the library refuses.
static inline struct MHD_Daemon *_Nullable apus_mhd_start(struct apus_mhd_settings *_Nonnull settings) {
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, apus_mhd_access, settings,
        MHD_OPTION_LISTEN_SOCKET, settings->listen_socket,
        MHD_OPTION_THREAD_POOL_SIZE, settings->threads,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory,
        MHD_OPTION_CONNECTION_LIMIT, settings->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings->connections_per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_COMPLETED, apus_mhd_completed, settings,
        MHD_OPTION_NOTIFY_CONNECTION, apus_mhd_connection, settings,
        MHD_OPTION_URI_LOG_CALLBACK, apus_mhd_target, settings,
        MHD_OPTION_END);
}

/// The socket of a connection, or -1.
static inline int apus_mhd_socket(struct MHD_Connection *_Nonnull connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// The address of the peer, or NULL.
static inline const struct sockaddr *_Nullable apus_mhd_peer(struct MHD_Connection *_Nonnull connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

struct apus_mhd_header_visitor {
    void *context;
    void (*visit)(void *, const char *, size_t, const char *, size_t);
};

static inline enum MHD_Result apus_mhd_header(
    void *visitor, enum MHD_ValueKind kind, const char *name, size_t name_bytes, const char *value,
    size_t value_bytes) {
    (void)kind;
    struct apus_mhd_header_visitor *own = visitor;
    own->visit(own->context, name, name_bytes, value, value_bytes);
    return MHD_YES;
}

/// Visits the headers of a request in order.
static inline void apus_mhd_headers(
    struct MHD_Connection *_Nonnull connection, void *_Nullable context,
    void (*_Nonnull visit)(void *_Nullable, const char *_Nullable, size_t, const char *_Nullable, size_t)) {
    struct apus_mhd_header_visitor visitor = {context, visit};
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, apus_mhd_header, &visitor);
}

/// A response with a copy of the bytes; NULL without memory.
static inline struct MHD_Response *_Nullable apus_mhd_response(const void *_Nullable bytes, size_t count) {
    return MHD_create_response_from_buffer(count, (void *)(bytes ? bytes : ""), MHD_RESPMEM_MUST_COPY);
}

/// False when the library refuses name or value.
static inline bool apus_mhd_add_header(
    struct MHD_Response *_Nonnull response, const char *_Nonnull name, const char *_Nonnull value) {
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

/// False when the connection has to be closed.
static inline bool apus_mhd_queue(
    struct MHD_Connection *_Nonnull connection, unsigned int status, struct MHD_Response *_Nonnull response) {
    return MHD_queue_response(connection, status, response) == MHD_YES;
}

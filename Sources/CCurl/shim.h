#pragma once
#include <curl/curl.h>
#include <stddef.h>

// Swift cannot call variadic functions: each use of curl_easy_setopt and curl_easy_getinfo stands here with its type.

static inline CURLcode apus_curl_set_number(void *_Nonnull easy, CURLoption option, long value) {
    return curl_easy_setopt((CURL *)easy, option, value);
}

/// The text is copied.
static inline CURLcode apus_curl_set_text(void *_Nonnull easy, CURLoption option, const char *_Nullable value) {
    return curl_easy_setopt((CURL *)easy, option, value);
}

/// The pointer must stay valid for the transfer.
static inline CURLcode apus_curl_set_pointer(void *_Nonnull easy, CURLoption option, const void *_Nullable value) {
    return curl_easy_setopt((CURL *)easy, option, value);
}

static inline CURLcode apus_curl_set_size(void *_Nonnull easy, CURLoption option, long long value) {
    return curl_easy_setopt((CURL *)easy, option, (curl_off_t)value);
}

/// What a transfer tells while it runs; `context` goes to each.
struct apus_curl_callbacks {
    void *_Nonnull context;
    /// Takes a header line or a piece of the body; any other answer than its size ends the transfer.
    size_t (*_Nonnull on_header)(char *_Nullable, size_t, size_t, void *_Nullable);
    size_t (*_Nonnull on_body)(char *_Nullable, size_t, size_t, void *_Nullable);
    /// Called about once a second and after data; other than 0 ends the transfer.
    int (*_Nonnull on_progress)(void *_Nullable, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
    /// Opens the socket for an address, or refuses with CURL_SOCKET_BAD.
    curl_socket_t (*_Nonnull on_socket)(void *_Nullable, curlsocktype, struct curl_sockaddr *_Nullable);
};

static inline void apus_curl_set_callbacks(void *_Nonnull easy, struct apus_curl_callbacks callbacks) {
    CURL *curl = (CURL *)easy;
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, callbacks.on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, callbacks.context);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, callbacks.on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, callbacks.context);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, callbacks.on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, callbacks.context);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, callbacks.on_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, callbacks.context);
}

/// The absolute URL a redirect leads to, or NULL.
static inline const char *_Nullable apus_curl_redirect(void *_Nonnull easy) {
    char *url = NULL;
    curl_easy_getinfo((CURL *)easy, CURLINFO_REDIRECT_URL, &url);
    return url;
}

/// The result of a finished transfer of a multi handle; -1 while it runs.
static inline int apus_curl_finished(void *_Nonnull multi) {
    int left = 0;
    CURLMsg *message = curl_multi_info_read((CURLM *)multi, &left);
    return message && message->msg == CURLMSG_DONE ? (int)message->data.result : -1;
}

/// The form must live as long as the transfer.
static inline CURLcode apus_curl_set_form(void *_Nonnull easy, curl_mime *_Nullable form) {
    return curl_easy_setopt((CURL *)easy, CURLOPT_MIMEPOST, form);
}

/// Takes a piece of the body; any other answer than its size ends the transfer.
typedef size_t (*apus_curl_receiver)(char *_Nullable, size_t, size_t, void *_Nullable);

static inline CURLcode apus_curl_set_receiver(
    void *_Nonnull easy, apus_curl_receiver _Nonnull receiver, void *_Nullable context) {
    curl_easy_setopt((CURL *)easy, CURLOPT_WRITEFUNCTION, receiver);
    return curl_easy_setopt((CURL *)easy, CURLOPT_WRITEDATA, context);
}

/// Called about once a second and after data; other than 0 ends the transfer.
typedef int (*apus_curl_watcher)(void *_Nullable, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

static inline CURLcode apus_curl_set_watcher(
    void *_Nonnull easy, apus_curl_watcher _Nonnull watcher, void *_Nullable context) {
    curl_easy_setopt((CURL *)easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt((CURL *)easy, CURLOPT_XFERINFOFUNCTION, watcher);
    return curl_easy_setopt((CURL *)easy, CURLOPT_XFERINFODATA, context);
}

/// The status of the answer; 0 when there is none yet.
static inline int apus_curl_status(void *_Nonnull easy) {
    long status = 0;
    curl_easy_getinfo((CURL *)easy, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

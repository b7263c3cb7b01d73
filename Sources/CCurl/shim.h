#pragma once
#include <curl/curl.h>

// What Swift cannot call itself: variadic functions.

static inline CURLcode apus_curl_set_long(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode apus_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode apus_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode apus_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode apus_curl_set_form(CURL *handle, curl_mime *form) {
    return (curl_easy_setopt)(handle, CURLOPT_MIMEPOST, form);
}

/// Takes what is received; an answer other than `size * count` ends the transfer.
typedef size_t (*apus_curl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode apus_curl_set_receiver(CURL *handle, apus_curl_receiver receiver, void *context) {
    (curl_easy_setopt)(handle, CURLOPT_WRITEFUNCTION, receiver);
    return (curl_easy_setopt)(handle, CURLOPT_WRITEDATA, context);
}

/// Called about once in a second; an answer other than 0 ends the transfer.
typedef int (*apus_curl_watcher)(
    void *context, curl_off_t total, curl_off_t now, curl_off_t uploadTotal, curl_off_t uploadNow);

static inline CURLcode apus_curl_set_watcher(CURL *handle, apus_curl_watcher watcher, void *context) {
    (curl_easy_setopt)(handle, CURLOPT_NOPROGRESS, 0L);
    (curl_easy_setopt)(handle, CURLOPT_XFERINFOFUNCTION, watcher);
    return (curl_easy_setopt)(handle, CURLOPT_XFERINFODATA, context);
}

/// The status of the answer; 0 when there is none yet.
static inline long apus_curl_status(CURL *handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

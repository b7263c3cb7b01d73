// What Swift cannot call itself: variadic functions, macros and Linux's own headers.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// A descriptor that becomes readable when the process ends; -1 and errno on failure.
static inline int apus_pidfd_open(int pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

/// 1 when the child has ended and waits to be reaped, 0 while it runs, -1 and errno on failure.
static inline int apus_has_ended(int pid) {
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return -1;
    return info.si_pid == pid ? 1 : 0;
}

/// Reaps an ended child: its exit code, or the negated number of the signal that ended it, in `*status`.
/// 0 on success, -1 and errno on failure.
static inline int apus_reap(int pid, int *status) {
    int raw = 0, result;
    do result = waitpid(pid, &raw, 0);
    while (result < 0 && errno == EINTR);
    if (result != pid) return -1;
    *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -WTERMSIG(raw);
    return 0;
}

/// Registers a descriptor without asking for anything yet.
static inline int apus_epoll_add(int epoll, int fd, uint64_t token) {
    struct epoll_event event = {.events = EPOLLONESHOT, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

/// Asks for one report when the descriptor is readable or its other end is closed.
static inline int apus_epoll_arm(int epoll, int fd, uint64_t token) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event);
}

/// Asks for reports as long as the descriptor is readable.
static inline int apus_epoll_add_always(int epoll, int fd, uint64_t token) {
    struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static inline int apus_epoll_remove(int epoll, int fd) {
    struct epoll_event event = {0};
    return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, &event);
}

/// Waits for reports; writes at most 64 tokens and answers how many.
static inline int apus_epoll_wait(int epoll, uint64_t *tokens, int timeoutMilliseconds) {
    struct epoll_event events[64];
    int count = epoll_wait(epoll, events, 64, timeoutMilliseconds);
    for (int place = 0; place < count; place++) tokens[place] = events[place].data.u64;
    return count;
}

/// A pipe whose ends are not handed on to other children; -1 and errno on failure.
static inline int apus_pipe(int ends[2]) {
    return (int)syscall(SYS_pipe2, ends, O_CLOEXEC);
}

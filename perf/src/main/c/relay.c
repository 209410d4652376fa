/*
 * The floor of the comparison: a relay that reads datagrams and sends them on to the other of two fixed peers, with
 * epoll, recvmmsg and sendmmsg, and decides nothing. To exchange as many datagrams for a call as a stateful server does
 * (13), it answers each INVITE with a 100 gathered from the INVITE's own lines; everything else passes untouched.
 *
 *   relay LISTEN_IP LISTEN_PORT CALLER_IP CALLER_PORT CALLEE_IP CALLEE_PORT
 *
 * It prints "ready" once it listens, and ends with SIGTERM.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 64
#define DATAGRAM_BYTES 4096
#define SOCKET_BUFFER_BYTES (4 << 20)

static char bytes[BATCH][DATAGRAM_BYTES];
static struct mmsghdr in[BATCH];
static struct iovec in_parts[BATCH];
static struct sockaddr_in sources[BATCH];
static struct mmsghdr out[2 * BATCH];
static struct iovec out_parts[2 * BATCH][3];

static const char trying[] = "SIP/2.0 100 Trying\r\n";
static const char end[] = "Content-Length: 0\r\n\r\n";

static struct sockaddr_in address(const char *ip, const char *port) {
    struct sockaddr_in result = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port))};
    if (inet_pton(AF_INET, ip, &result.sin_addr) != 1) {
        fprintf(stderr, "relay: not an IPv4 address: ip=%s\n", ip);
        exit(2);
    }
    return result;
}

static void prepare(struct mmsghdr *message, struct iovec *parts, size_t count, struct sockaddr_in *to) {
    memset(message, 0, sizeof *message);
    message->msg_hdr.msg_name = to;
    message->msg_hdr.msg_namelen = sizeof *to;
    message->msg_hdr.msg_iov = parts;
    message->msg_hdr.msg_iovlen = count;
}

/* The 100 to an INVITE: its lines from the second up to Content-Type. Returns whether there is one. */
static int prepare_trying(int index, unsigned length, struct mmsghdr *message, struct iovec *parts) {
    char *start = bytes[index];
    if (length < 8 || memcmp(start, "INVITE ", 7) != 0) {
        return 0;
    }
    char *second = memchr(start, '\n', length);
    char *type = memmem(start, length, "Content-Type:", 13);
    if (second == NULL || type == NULL || type < second) {
        return 0;
    }
    parts[0] = (struct iovec){(char *)trying, sizeof trying - 1};
    parts[1] = (struct iovec){second + 1, (size_t)(type - second - 1)};
    parts[2] = (struct iovec){(char *)end, sizeof end - 1};
    prepare(message, parts, 3, &sources[index]);
    return 1;
}

static void send_all(int fd, unsigned count) {
    for (unsigned sent = 0; sent < count;) {
        const int result = sendmmsg(fd, out + sent, count - sent, 0);
        if (result > 0) {
            sent += (unsigned)result;
        } else if (errno != EINTR && errno != EAGAIN) {
            sent++; /* this one cannot be sent; the others can */
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: relay LISTEN_IP LISTEN_PORT CALLER_IP CALLER_PORT CALLEE_IP CALLEE_PORT\n");
        return 2;
    }
    struct sockaddr_in listen_at = address(argv[1], argv[2]);
    struct sockaddr_in caller = address(argv[3], argv[4]);
    struct sockaddr_in callee = address(argv[5], argv[6]);
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    const int size = SOCKET_BUFFER_BYTES;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    if (fd < 0 || bind(fd, (struct sockaddr *)&listen_at, sizeof listen_at) != 0) {
        fprintf(stderr, "relay: cannot listen: ip=%s port=%s reason=%s\n", argv[1], argv[2], strerror(errno));
        return 1;
    }
    const int poll = epoll_create1(0);
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = fd};
    if (poll < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, fd, &interest) != 0) {
        perror("relay: epoll");
        return 1;
    }
    for (int i = 0; i < BATCH; i++) {
        in_parts[i] = (struct iovec){bytes[i], DATAGRAM_BYTES};
    }
    printf("ready\n");
    fflush(stdout);
    for (;;) {
        struct epoll_event event;
        if (epoll_wait(poll, &event, 1, -1) < 0 && errno != EINTR) {
            perror("relay: epoll_wait");
            return 1;
        }
        for (;;) {
            for (int i = 0; i < BATCH; i++) {
                prepare(&in[i], &in_parts[i], 1, &sources[i]);
            }
            const int received = recvmmsg(fd, in, BATCH, MSG_DONTWAIT, NULL);
            if (received <= 0) {
                break;
            }
            unsigned count = 0;
            for (int i = 0; i < received; i++) {
                const int from_caller =
                    sources[i].sin_port == caller.sin_port && sources[i].sin_addr.s_addr == caller.sin_addr.s_addr;
                if (from_caller && prepare_trying(i, in[i].msg_len, &out[count], out_parts[count])) {
                    count++;
                }
                out_parts[count][0] = (struct iovec){bytes[i], in[i].msg_len};
                prepare(&out[count], out_parts[count], 1, from_caller ? &callee : &caller);
                count++;
            }
            send_all(fd, count);
            if (received < BATCH) {
                break;
            }
        }
    }
}

#include "intake/spawner_int.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "intake/html_int.h"
#include "intake/pdf_int.h"
#include "intake/workbook_int.h"

/* The descriptors of one request, which become 0, 1 and 2 of the child. */
enum { INPUT, OUTPUT, ERRORS, DESCRIPTORS };

enum { SPAWNER_SOCKET = 3, GRACE_SECONDS = 10 };

struct request {
    enum child_kind kind;
};

struct reply {
    int status, timed_out, start_error;
};

static int seconds_for(enum child_kind kind)
{
    return kind == CHILD_PDF ? CHILD_PDF_SECONDS : CHILD_READER_SECONDS;
}

static int64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

union descriptors_message {
    struct cmsghdr head;
    char room[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
};

static bool send_request(int socket, struct request request, const int fds[DESCRIPTORS])
{
    union descriptors_message control = {.room = {0}};
    struct iovec body = {&request, sizeof request};
    struct msghdr message = {.msg_iov = &body,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(DESCRIPTORS * sizeof(int));
    memcpy(CMSG_DATA(rights), fds, DESCRIPTORS * sizeof(int));
    return sendmsg(socket, &message, MSG_NOSIGNAL) == (ssize_t)sizeof request;
}

static bool receive_request(int socket, struct request *request, int fds[DESCRIPTORS])
{
    union descriptors_message control = {.room = {0}};
    struct iovec body = {request, sizeof *request};
    struct msghdr message = {.msg_iov = &body,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t got;
    do
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    if (got != (ssize_t)sizeof *request || !rights || rights->cmsg_type != SCM_RIGHTS ||
        rights->cmsg_len != CMSG_LEN(DESCRIPTORS * sizeof(int)))
        return false;
    memcpy(fds, CMSG_DATA(rights), DESCRIPTORS * sizeof(int));
    return true;
}

/* The three came in above the spawner's own socket, so that none is overwritten on the way. */
static _Noreturn void become_child(enum child_kind kind, const int fds[DESCRIPTORS])
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0))
        _exit(CHILD_LACKS);
    for (int i = 0; i < DESCRIPTORS; i++)
        if (dup2(fds[i], i) < 0)
            _exit(CHILD_LACKS);
    close(SPAWNER_SOCKET);
    if (kind == CHILD_HTML)
        html_child();
    if (kind == CHILD_PDF)
        pdf_child();
    workbook_child(kind == CHILD_XLSX ? WORKBOOK_XLSX : WORKBOOK_ODS);
}

static void wait_or_kill(pid_t child, int seconds, struct reply *reply)
{
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    int64_t deadline = now_milliseconds() + (int64_t)seconds * 1000;
    while (waitpid(child, &reply->status, WNOHANG) == 0) {
        int64_t left = deadline - now_milliseconds();
        if (left <= 0) {
            reply->timed_out = true;
            kill(child, SIGKILL);
            waitpid(child, &reply->status, 0);
            return;
        }
        struct timespec wait = {left / 1000, left % 1000 * 1000000};
        sigtimedwait(&ended, NULL, &wait);
    }
}

static void serve_one(struct request request, const int fds[DESCRIPTORS], struct reply *reply)
{
    pid_t child = fork();
    if (child == 0)
        become_child(request.kind, fds);
    if (child < 0)
        reply->start_error = errno;
    for (int i = 0; i < DESCRIPTORS; i++)
        close(fds[i]);
    if (child > 0)
        wait_or_kill(child, seconds_for(request.kind), reply);
}

/* Away from the terminal, its signals and everything that the parent has open. */
static bool leave_parent(int socket, pid_t parent)
{
    sigset_t ended;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD};
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        signal(signals[i], SIG_DFL);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    return null >= 0 && sigprocmask(SIG_SETMASK, &ended, NULL) == 0 && setsid() > 0 &&
           prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent &&
           dup2(null, STDIN_FILENO) == STDIN_FILENO && dup2(null, STDOUT_FILENO) == STDOUT_FILENO &&
           dup2(socket, SPAWNER_SOCKET) == SPAWNER_SOCKET &&
           close_range(SPAWNER_SOCKET + 1, ~0U, 0) == 0;
}

static _Noreturn void spawner_main(int socket, pid_t parent)
{
    struct request request;
    int fds[DESCRIPTORS];
    if (!leave_parent(socket, parent))
        _exit(CHILD_LACKS);
    while (receive_request(SPAWNER_SOCKET, &request, fds)) {
        struct reply reply = {0};
        serve_one(request, fds, &reply);
        if (send(SPAWNER_SOCKET, &reply, sizeof reply, MSG_NOSIGNAL) != (ssize_t)sizeof reply)
            break;
    }
    _exit(0);
}

enum outcome intake_start(struct intake *intake, struct fault *why)
{
    int pair[2];
    pid_t parent = getpid();
    *intake = (struct intake){.socket = -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return refuse(why, FAILED, "no socket for the sandbox: %s", strerror(errno));
    fflush(NULL);
    pid_t spawner = fork();
    if (spawner == 0)
        spawner_main(pair[1], parent);
    close(pair[1]);
    if (spawner < 0) {
        close(pair[0]);
        return refuse(why, FAILED, "no process for the sandbox: %s", strerror(errno));
    }
    *intake = (struct intake){.socket = pair[0], .spawner = spawner};
    return OK;
}

void intake_stop(struct intake *intake)
{
    if (intake->spawner > 0) {
        close(intake->socket);
        while (waitpid(intake->spawner, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    *intake = (struct intake){.socket = -1};
}

static enum outcome seal_document(struct str document, int *out, struct fault *why)
{
    int fd = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return refuse(why, FAILED, "no memory for the sandbox: %s", strerror(errno));
    enum outcome result = file_write_fd(fd, document, why);
    if (result == OK &&
        (lseek(fd, 0, SEEK_SET) < 0 ||
         fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)))
        result = refuse(why, FAILED, "a document cannot be sealed: %s", strerror(errno));
    if (result == OK)
        *out = fd;
    else
        close(fd);
    return result;
}

/* Takes what is there; false at the end of the pipe. */
static bool drain(int fd, struct buf *into, bool *overflowed)
{
    char chunk[65536];
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    if (got > 0 && !buf_add(into, (struct str){chunk, (size_t)got}) && overflowed) {
        *overflowed = true;
        return false;
    }
    return got > 0;
}

/* Until both pipes have ended, or the deadline has passed: then false. */
static bool collect(int pipes[2], int64_t deadline, struct buf *output, struct buf *errors,
                    bool *overflowed)
{
    while (pipes[0] >= 0 || pipes[1] >= 0) {
        struct pollfd ready[2] = {{pipes[0], POLLIN, 0}, {pipes[1], POLLIN, 0}};
        int64_t left = deadline - now_milliseconds();
        if (left <= 0)
            return false;
        if (poll(ready, 2, (int)left) < 0 && errno != EINTR)
            return false;
        for (int i = 0; i < 2; i++) {
            if (!ready[i].revents || drain(pipes[i], i ? errors : output, i ? NULL : overflowed))
                continue;
            close(pipes[i]);
            pipes[i] = -1;
        }
    }
    return true;
}

static bool receive_reply(int socket, int64_t deadline, struct reply *reply)
{
    struct pollfd ready = {socket, POLLIN, 0};
    int64_t left;
    while ((left = deadline - now_milliseconds()) > 0) {
        int some = poll(&ready, 1, (int)left);
        if (some < 0 && errno != EINTR)
            return false;
        if (some > 0)
            return recv(socket, reply, sizeof *reply, 0) == (ssize_t)sizeof *reply;
    }
    return false;
}

static void close_each(int *fds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

static enum outcome converse(struct intake *intake, enum child_kind kind, int theirs[DESCRIPTORS],
                             int ours[2], struct buf *output, struct buf *errors,
                             struct child_end *end, struct fault *why)
{
    struct reply reply;
    int64_t deadline = now_milliseconds() + (int64_t)(seconds_for(kind) + GRACE_SECONDS) * 1000;
    bool sent = send_request(intake->socket, (struct request){kind}, theirs);
    close_each(theirs, DESCRIPTORS);
    bool heard = sent && collect(ours, deadline, output, errors, &end->overflowed) &&
                 receive_reply(intake->socket, deadline, &reply);
    close_each(ours, 2);
    if (!heard) {
        if (intake->spawner > 0)
            kill(intake->spawner, SIGKILL);
        intake_stop(intake);
        return refuse(why, FAILED, "the sandbox has ended; start Govah again");
    }
    if (reply.start_error)
        return refuse(why, FAILED, "no process for the sandbox: %s", strerror(reply.start_error));
    end->status = reply.status;
    end->timed_out = reply.timed_out != 0;
    return OK;
}

enum outcome spawner_run(struct intake *intake, enum child_kind kind, struct str document,
                         struct buf *output, struct buf *errors, struct child_end *end,
                         struct fault *why)
{
    int input = -1, for_output[2] = {-1, -1}, for_errors[2] = {-1, -1};
    *end = (struct child_end){0};
    if (intake->spawner <= 0)
        return refuse(why, FAILED, "the sandbox is not running");
    enum outcome result = seal_document(document, &input, why);
    if (result != OK)
        return result;
    if (pipe2(for_output, O_CLOEXEC) || pipe2(for_errors, O_CLOEXEC)) {
        result = refuse(why, FAILED, "no pipe for the sandbox: %s", strerror(errno));
        close_each((int[]){input, for_output[0], for_output[1]}, 3);
        return result;
    }
    return converse(intake, kind, (int[]){input, for_output[1], for_errors[1]},
                    (int[]){for_output[0], for_errors[0]}, output, errors, end, why);
}

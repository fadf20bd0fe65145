#include <arpa/inet.h>
#include <errno.h>
#include <malloc.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "account/shelf.h"
#include "publish/sentence_shelf.h"
#include "seal/box.h"
#include "serve/server_int.h"

enum {
    CONNECTIONS = 1000,        /* at once */
    CONNECTION_MEMORY = 32768, /* bytes for the line and headers of a request */
    PATIENCE = 30,             /* seconds without a byte */
    CACHE_BYTES = 24 * 1024 * 1024,
    BODY_DISCARDED = 4 * REQUEST_BODY, /* of a body too large, before the connection is cut */
};

/* One request on its way in. */
struct arrival {
    char *target;
    struct arena arena;
    struct buf body;
    size_t body_bytes;
    bool begun;

    /* of one that waits for the slow threads */
    struct server *server;
    struct MHD_Connection *connection; /* suspended meanwhile */
    struct request request;
    struct reply reply;
    bool replied, dropped;
};

/* ---- what goes out ---- */

static const struct {
    const char *name, *value;
} headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
     " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Permissions-Policy",
     "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(),"
     " fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(),"
     " payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(),"
     " serial=(), usb=(), xr-spatial-tracking=()"},
    {"X-Frame-Options", "DENY"},
};

static void let_go(void *answer)
{
    answer_release(answer);
}

static struct MHD_Response *response_of(const struct reply *reply)
{
    if (!reply->answer)
        return MHD_create_response_from_buffer(reply->bytes.len, (void *)(uintptr_t)reply->bytes.at,
                                               MHD_RESPMEM_PERSISTENT);
    struct str html = answer_bytes(reply->answer);
    return MHD_create_response_from_buffer_with_free_callback_cls(
        html.len, (void *)(uintptr_t)html.at, let_go, reply->answer);
}

static void add_text_header(struct MHD_Response *response, const char *name, struct str value)
{
    char *text = str_dup(value);
    if (value.len && MHD_add_response_header(response, name, text) != MHD_YES)
        bug("a header that cannot be sent");
    mem_free(text);
}

static void add_file_header(struct MHD_Response *response, const char *name)
{
    struct buf value;
    if (!name)
        return;
    buf_init(&value, 256);
    buf_print(&value, "attachment; filename=\"%s\"", name);
    add_text_header(response, "Content-Disposition", buf_str(&value));
    buf_release(&value);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, const struct reply *reply)
{
    struct MHD_Response *response = response_of(reply);
    if (!response)
        mem_exhausted(0);
    for (size_t i = 0; i < COUNT_OF(headers); i++)
        add_text_header(response, headers[i].name, str_of(headers[i].value));
    add_text_header(response, "Content-Type", str_of(reply->media));
    add_file_header(response, reply->file);
    add_text_header(response, "Location", reply->location);
    add_text_header(response, "Allow", reply->allow);
    add_text_header(response, "Set-Cookie", str_of(reply->cookie));
    enum MHD_Result sent = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return sent;
}

/* ---- what comes in ---- */

static void *arrival_new(void *context, const char *target, struct MHD_Connection *connection)
{
    (void)context, (void)connection;
    struct arrival *arrival = mem_alloc(sizeof *arrival);
    arena_init(&arrival->arena);
    buf_init(&arrival->body, REQUEST_BODY);
    arrival->target = str_dup(str_of(target));
    return arrival;
}

static void arrival_free(void *context, struct MHD_Connection *connection, void **place,
                         enum MHD_RequestTerminationCode code)
{
    (void)context, (void)connection, (void)code;
    struct arrival *arrival = *place;
    if (!arrival)
        return;
    answer_release(arrival->reply.answer);
    arena_release(&arrival->arena);
    buf_release(&arrival->body);
    mem_free(arrival->target);
    mem_free(arrival);
    *place = NULL;
}

/* paths are read as they came: request_target knows no second spelling of any */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context, (void)connection;
    return strlen(text);
}

struct reading_headers {
    struct request *request;
    struct str length, script;
};

static enum MHD_Result read_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   size_t name_len, const char *value, size_t value_len)
{
    struct reading_headers *h = context;
    struct request *r = h->request;
    const struct {
        const char *name;
        struct str *place;
    } known[] = {
        {"Host", &r->host},
        {"Origin", &r->origin},
        {"Sec-Fetch-Site", &r->fetch_site},
        {"Content-Type", &r->media},
        {"Content-Length", &h->length},
        {"Cookie", &r->cookie},
        {"X-Govah-Token", &r->form_token},
        {"Accept-Language", &r->accept_language},
        {"HX-Request", &h->script},
    };
    (void)kind;
    r->header_bytes += name_len + value_len + 4;
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (strlen(known[i].name) != name_len || strncasecmp(known[i].name, name, name_len) != 0)
            continue;
        r->repeated |= known[i].place->at != NULL;
        *known[i].place = (struct str){value ? value : "", value_len};
    }
    return MHD_YES;
}

static bool is_too_long(struct str length)
{
    int64_t bytes;
    return length.len && (!str_to_int(length, &bytes) || bytes < 0 || bytes > REQUEST_BODY);
}

static void answer_slowly(void *context, bool ends)
{
    struct arrival *arrival = context;
    if (!ends)
        route_answer(arrival->server, &arrival->request, buf_str(&arrival->body), &arrival->arena,
                     &arrival->reply);
    arrival->replied = !ends;
    arrival->dropped = ends;
    MHD_resume_connection(arrival->connection);
}

/* What the request points to stays where it is as long as the connection is suspended. Where there
 * are no slow threads any more, it is asked for again at once, and answered here. */
static bool leave_to_slow(struct server *s, const struct request *r, struct arrival *arrival,
                          struct MHD_Connection *connection)
{
    if (arrival->server || arrival->body_bytes > REQUEST_BODY || !route_is_slow(r))
        return false;
    arrival->server = s;
    arrival->connection = connection;
    arrival->request = *r;
    MHD_suspend_connection(connection);
    if (!slow_take(s->slow, answer_slowly, arrival))
        MHD_resume_connection(connection);
    return true;
}

static enum MHD_Result send_slow(struct arrival *arrival, struct MHD_Connection *connection)
{
    struct reply reply = arrival->reply;
    arrival->reply.answer = NULL;
    return send_reply(connection, &reply);
}

static enum MHD_Result answer_now(struct server *s, const struct request *r,
                                  struct arrival *arrival, struct MHD_Connection *connection)
{
    struct reply reply;
    if (arrival->body_bytes > REQUEST_BODY)
        route_refuse(s, r, 413, SAID("What was sent is larger than the workspace takes."),
                     &arrival->arena, &reply);
    else
        route_answer(s, r, buf_str(&arrival->body), &arrival->arena, &reply);
    return send_reply(connection, &reply);
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **place)
{
    struct server *s = context;
    struct arrival *arrival = *place;
    struct request request = {.method = str_of(method), .target = str_of(arrival->target)};
    struct reading_headers h = {.request = &request};
    struct reply reply;
    (void)path, (void)version;
    if (*upload_size) {
        arrival->body_bytes += *upload_size;
        if (arrival->body_bytes <= REQUEST_BODY)
            buf_add(&arrival->body, (struct str){upload, *upload_size});
        *upload_size = 0;
        return arrival->body_bytes > BODY_DISCARDED ? MHD_NO : MHD_YES;
    }
    if (arrival->dropped)
        return MHD_NO;
    if (arrival->replied)
        return send_slow(arrival, connection);
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, read_header, &h);
    request.script = str_equal(h.script, STR("true"));
    if (arrival->begun)
        return leave_to_slow(s, &request, arrival, connection)
                   ? MHD_YES
                   : answer_now(s, &request, arrival, connection);
    arrival->begun = true;
    if (route_refuses(s, &request, &arrival->arena, &reply))
        return send_reply(connection, &reply);
    if (is_too_long(h.length)) {
        arrival->body_bytes = REQUEST_BODY + 1;
        return answer_now(s, &request, arrival, connection);
    }
    return MHD_YES;
}

/* ---- beginning and end ---- */

static enum outcome listen_on(uint16_t port, int *out, uint16_t *bound, struct fault *why)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;
    if (fd >= 0)
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 512) ||
        getsockname(fd, (struct sockaddr *)&address, &len)) {
        enum outcome result = refuse(why, errno == EADDRINUSE ? BUSY : FAILED,
                                     "port %u of 127.0.0.1: %s", port, strerror(errno));
        if (fd >= 0)
            close(fd);
        return result;
    }
    *out = fd;
    *bound = ntohs(address.sin_port);
    return OK;
}

static unsigned connection_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files))
        return 100;
    files.rlim_cur = files.rlim_max < 2 * CONNECTIONS ? files.rlim_max : 2 * CONNECTIONS;
    setrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_cur < 2 * CONNECTIONS ? (unsigned)files.rlim_cur / 2 : CONNECTIONS;
}

static enum outcome daemon_start(struct server *s, struct fault *why)
{
    struct MHD_OptionItem pool[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)s->choice.threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, s,
        MHD_OPTION_LISTEN_SOCKET, s->listener, MHD_OPTION_CONNECTION_LIMIT, connection_limit(),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, arrival_new, NULL, MHD_OPTION_NOTIFY_COMPLETED, arrival_free,
        NULL, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_SIGPIPE_HANDLED_BY_APP,
        1, MHD_OPTION_ARRAY, s->choice.threads > 1 ? pool : pool + 1, MHD_OPTION_END);
    if (!s->daemon)
        return refuse(why, FAILED, "the server's threads do not start: %s", strerror(errno));
    s->listener = -1;
    return OK;
}

static void make_ahead(void *context, unsigned page)
{
    route_make_ahead(context, page);
}

/* so that a wrong key or a damaged archive is said at once, and not on the first page */
static enum outcome open_first(struct server *s, struct fault *why)
{
    struct archive *archive;
    uint64_t generation;
    enum outcome result = pool_take(s->pool, &archive, &generation, why);
    if (result == OK)
        pool_give(s->pool, archive);
    return result;
}

enum outcome server_start(const struct server_choice *choice, struct server **out,
                          char address[SERVER_ADDRESS_SIZE], struct fault *why)
{
    char key[TOKEN_DIGITS + 1];
    struct server *s = mem_alloc(sizeof *s);
    mallopt(M_ARENA_MAX, 1); /* else each thread keeps what its largest page took */
    s->choice = *choice;
    s->site = choice->site;
    s->site.accounts = account_shelf_new();
    s->site.sentences = sentence_shelf_new();
    s->listener = -1;
    s->pool = pool_new(&choice->archive);
    s->choice.archive.key = NULL;
    s->cache = cache_new(CACHE_BYTES);
    address_key_make(&s->site.addresses);
    token_make(s->form_token, &s->form_token_hash);
    s->site.form_token = (struct str){s->form_token, TOKEN_DIGITS};
    enum outcome result = open_first(s, why);
    if (result == OK)
        result = listen_on(choice->port, &s->listener, &s->port, why);
    if (result == OK) {
        s->login = login_new(s->port, &choice->preferences, key);
        snprintf(address, SERVER_ADDRESS_SIZE, "http://127.0.0.1:%u/?key=%s", s->port, key);
        secret_forget(key, sizeof key);
        s->slow = slow_new(s->choice.threads);
        s->warm = warm_new(&(struct warm_work){make_ahead, route_pages_ahead, s});
        result = daemon_start(s, why);
    }
    if (result == OK)
        warm_ask(s->warm, 1);
    if (result != OK) {
        server_stop(s);
        s = NULL;
    }
    *out = s;
    return result;
}

void server_stop(struct server *s)
{
    if (!s)
        return;
    slow_end(s->slow); /* the daemon does not stop with connections suspended */
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    if (s->listener >= 0)
        close(s->listener);
    slow_free(s->slow);
    warm_free(s->warm);
    cache_free(s->cache);
    account_shelf_free(s->site.accounts);
    sentence_shelf_free(s->site.sentences);
    login_free(s->login);
    pool_free(s->pool);
    secret_forget(s, sizeof *s);
    mem_free(s);
}

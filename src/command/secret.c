#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "seal/box.h"
#include "seal/keyring.h"

enum { SECRET_LIMIT = 4096 };

/* the first line of what an automation hands over */
static void keep_first_line(struct buf *b)
{
    struct str s = buf_str(b);
    size_t end = str_find(s, STR("\n"), 0);
    if (end != SIZE_MAX)
        b->len = end;
    if (b->len && b->at[b->len - 1] == '\r')
        b->len--;
    if (b->at)
        secret_forget(b->at + b->len, b->room - b->len);
}

static void from_fd(int fd, struct buf *out)
{
    struct fault why;
    if (file_read_fd(fd, out, &why) != OK)
        die(EXIT_LOCKED, "the passphrase: %s", why.text);
    keep_first_line(out);
}

static void from_file(const char *path, struct buf *out)
{
    struct fault why;
    struct stat st;
    if (stat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077))
        complain(path, "others may read this passphrase; chmod 600 it");
    if (file_read(path, SECRET_LIMIT, out, &why) != OK)
        die(EXIT_LOCKED, "the passphrase file %s: %s", path, why.text);
    keep_first_line(out);
}

static struct termios shown;
static int terminal = -1;

static void show_again(int signal_number)
{
    if (terminal >= 0)
        tcsetattr(terminal, TCSAFLUSH, &shown);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void read_hidden(const char *prompt, struct buf *out)
{
    struct termios hidden;
    terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        die(EXIT_LOCKED, "no terminal to ask for the passphrase; see --passphrase-fd and"
                         " govah unlock");
    if (tcgetattr(terminal, &shown))
        die(EXIT_LOCKED, "the terminal cannot hide a passphrase: %s", strerror(errno));
    void (*before)(int) = signal(SIGINT, show_again);
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    tcsetattr(terminal, TCSAFLUSH, &hidden);
    dprintf(terminal, "%s: ", prompt);
    char c;
    while (read(terminal, &c, 1) == 1 && c != '\n' && buf_add_byte(out, c))
        continue;
    tcsetattr(terminal, TCSAFLUSH, &shown);
    dprintf(terminal, "\n");
    signal(SIGINT, before);
    close(terminal);
    terminal = -1;
}

void secret_ask(const struct session *s, const char *prompt, bool twice, struct buf *out)
{
    const char *path = s->passphrase_file ? s->passphrase_file : getenv("GOVAH_PASSPHRASE_FILE");
    buf_init(out, SECRET_LIMIT);
    /* the whole place at once, so that growing leaves no copy behind */
    out->at = mem_alloc(SECRET_LIMIT + 1);
    out->room = SECRET_LIMIT + 1;
    if (s->passphrase_fd >= 0) {
        from_fd(s->passphrase_fd, out);
    } else if (path && *path) {
        from_file(path, out);
    } else {
        read_hidden(prompt, out);
        if (twice) {
            struct buf again;
            buf_init(&again, SECRET_LIMIT);
            again.at = mem_alloc(SECRET_LIMIT + 1);
            again.room = SECRET_LIMIT + 1;
            read_hidden("once more", &again);
            bool same = str_equal(buf_str(out), buf_str(&again));
            secret_release(&again);
            if (!same)
                die(EXIT_LOCKED, "the two passphrases differ");
        }
    }
    if (!out->len)
        die(EXIT_LOCKED, "the passphrase is empty");
}

void session_key(struct session *s, struct master_key *key)
{
    struct fault why;
    struct buf secret;
    char name[ARCHIVE_NAME_DIGITS + 1];
    if (archive_name(s->dir, name, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    const char *file = s->passphrase_file ? s->passphrase_file : getenv("GOVAH_PASSPHRASE_FILE");
    bool given = s->passphrase_fd >= 0 || (file && *file) || s->recovery;
    if (!given && keyring_get(name, key, NULL) == OK)
        return;
    secret_ask(s, s->recovery ? "recovery key" : "passphrase", false, &secret);
    enum outcome result =
        archive_key(s->dir, (struct key_secret){buf_str(&secret), s->recovery}, key, &why);
    secret_release(&secret);
    if (result != OK)
        die(result == DENIED ? EXIT_LOCKED : status_of(result), "%s", why.text);
}

void session_open(struct session *s, enum archive_mode mode)
{
    struct fault why;
    struct master_key key;
    if (!s->dir)
        die(EXIT_USAGE, "which archive? give --archive DIR or set GOVAH_ARCHIVE; govah init DIR"
                        " makes one");
    session_key(s, &key);
    enum outcome result = archive_open(s->dir, &key, mode, reader_of_store(), &s->archive, &why);
    master_key_forget(&key);
    if (result != OK)
        die(status_of(result), "%s", why.text);
}

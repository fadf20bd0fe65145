#include "command/command.h"
#include "seal/keyring.h"

const char cmd_unlock_usage[] =
    "usage: govah unlock [--for TIME]\n"
    "\n"
    "  --for TIME   how long, such as 30m or 8h (8h without it; 24h at most)\n"
    "\n"
    "Keeps the archive's key in the kernel's keyring, so that commands of the same user do not ask\n"
    "for the passphrase. The kernel forgets it by itself.\n"
    "\n"
    "  govah --archive ~/evidence unlock --for 2h\n";

const char cmd_lock_usage[] = "usage: govah lock\n"
                              "\n"
                              "Makes the kernel forget the archive's key now.\n"
                              "\n"
                              "  govah --archive ~/evidence lock\n";

const char cmd_passphrase_usage[] =
    "usage: govah passphrase [--new-fd N]\n"
    "\n"
    "  --new-fd N   read the new passphrase from descriptor N instead of the terminal\n"
    "\n"
    "Gives the archive another passphrase; with --recovery when the old one is lost. Old copies of\n"
    "the archive keep the old one.\n"
    "\n"
    "  govah --archive ~/evidence --recovery passphrase\n";

static unsigned seconds_of(const char *text)
{
    struct str s = str_of(text);
    int64_t number = 0, unit = 0;
    if (s.len > 1) {
        char last = s.at[s.len - 1];
        unit = last == 'h' ? 3600 : last == 'm' ? 60 : last == 's' ? 1 : 0;
    }
    if (!unit || !str_to_int(str_slice(s, 0, s.len - 1), &number) || number < 1 ||
        number > 86400 / unit)
        die(EXIT_USAGE, "--for needs a time such as 30m or 8h, 24h at most, not \"%s\"", text);
    return (unsigned)(number * unit);
}

static void need_archive(const struct session *s, char name[ARCHIVE_NAME_DIGITS + 1])
{
    struct fault why;
    if (!s->dir)
        die(EXIT_USAGE, "which archive? give --archive DIR or set GOVAH_ARCHIVE");
    if (archive_name(s->dir, name, &why) != OK)
        die(status_of(why.code), "%s", why.text);
}

int cmd_unlock(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    unsigned seconds = 8 * 3600;
    char name[ARCHIVE_NAME_DIGITS + 1];
    struct master_key key;
    struct buf secret;
    struct fault why;
    while (option_next(&o, "for", ""))
        seconds = seconds_of(o.value);
    if (operand_next(&o))
        die(EXIT_USAGE, "unlock takes no operand; see govah unlock --help");
    need_archive(s, name);
    secret_ask(s, s->recovery ? "recovery key" : "passphrase", false, &secret);
    enum outcome result =
        archive_key(s->dir, (struct key_secret){buf_str(&secret), s->recovery}, &key, &why);
    secret_release(&secret);
    if (result == OK)
        result = keyring_put(name, &key, seconds, &why);
    master_key_forget(&key);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    struct now until = time_utc(time(NULL) + (time_t)seconds);
    printf("Unlocked until %s; govah lock ends it sooner.\n", until.text);
    return EXIT_DONE;
}

int cmd_lock(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    char name[ARCHIVE_NAME_DIGITS + 1];
    if (option_next(&o, "", "") || operand_next(&o))
        die(EXIT_USAGE, "lock takes no operand");
    need_archive(s, name);
    puts(keyring_drop(name) ? "Locked." : "It was locked already.");
    return EXIT_DONE;
}

int cmd_passphrase(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct session fresh = {.passphrase_fd = -1, .passphrase_file = ""}; /* the terminal */
    char name[ARCHIVE_NAME_DIGITS + 1];
    struct master_key key;
    struct buf secret;
    struct fault why;
    while (option_next(&o, "new-fd", "")) {
        int64_t fd;
        if (!str_to_int(str_of(o.value), &fd) || fd < 0 || fd > 1 << 20)
            die(EXIT_USAGE, "--new-fd needs a descriptor's number");
        fresh.passphrase_fd = (int)fd;
    }
    if (operand_next(&o))
        die(EXIT_USAGE, "passphrase takes no operand; see govah passphrase --help");
    need_archive(s, name);
    session_key(s, &key);
    enum outcome result = archive_open(s->dir, &key, ARCHIVE_WRITE, NULL, &s->archive, &why);
    if (result == OK) {
        secret_ask(&fresh, "new passphrase", true, &secret);
        result = archive_change_passphrase(s->archive, &key, buf_str(&secret), &why);
        secret_release(&secret);
    }
    master_key_forget(&key);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    puts("The passphrase is changed. Copies of the archive made before keep the old one.");
    return EXIT_DONE;
}

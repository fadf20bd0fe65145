#include "command/command.h"
#include "seal/box.h"

const char cmd_init_usage[] =
    "usage: govah init DIR [--name NAME] [--owner KEY]\n"
    "\n"
    "  --name NAME   what you call yourself in this archive\n"
    "  --owner KEY   follow the archive of another owner: what is done here counts once they\n"
    "                admit this device's key (govah members)\n"
    "\n"
    "Makes the folder DIR, encrypted with a passphrase, and shows the recovery key once.\n"
    "\n"
    "  govah init ~/evidence --name \"Mina\"\n";

int cmd_init(struct session *s, int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct public_key owner;
    const char *option, *name = "", *dir = NULL;
    bool follows = false;
    for (;;) {
        while ((option = option_next(&o, "name owner", ""))) {
            if (strcmp(option, "name") == 0)
                name = o.value;
            else if (!public_key_read(str_of(o.value), &owner))
                die(EXIT_USAGE, "--owner needs a key of 64 hexadecimal digits");
            else
                follows = true;
        }
        const char *operand = operand_next(&o);
        if (!operand)
            break;
        if (dir)
            die(EXIT_USAGE, "init makes one archive; see govah init --help");
        dir = operand;
    }
    if (!dir)
        dir = s->dir;
    if (!dir)
        die(EXIT_USAGE, "where? govah init DIR");
    struct buf passphrase;
    struct fault why;
    char recovery[RECOVERY_TEXT_SIZE];
    secret_ask(s, "passphrase for the new archive", true, &passphrase);
    enum outcome result =
        archive_init(dir, buf_str(&passphrase), str_of(name), follows ? &owner : NULL,
                     str_of(now_utc().text), recovery, &why);
    secret_release(&passphrase);
    if (result != OK)
        die(status_of(result), "%s", why.text);
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "archive", str_of(dir));
        json_put(out, "recovery", str_of(recovery));
        print_json(out);
    } else {
        printf(
            "The archive %s is made. Its recovery key is shown this once; write it on paper and\n"
            "keep it apart from the passphrase. Whoever has it can open the archive.\n\n"
            "  %s\n\n"
            "Next: govah --archive %s add FILE...\n",
            dir, recovery, dir);
    }
    secret_forget(recovery, sizeof recovery);
    return EXIT_DONE;
}

#include "command/command.h"

int cmd_state(struct session *s, int argc, char **argv)
{
    struct archive_state state;
    struct fault why;
    char head[HASH_DIGITS + 1];
    (void)argc, (void)argv;
    if (archive_summary(s->archive, &state, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    hash_write(&state.head, head);
    if (s->json) {
        json_t *out = json_object();
        json_put(out, "archive", str_of(s->dir));
        json_put(out, "head", str_of(head));
        json_put_int(out, "documents", state.documents);
        json_put_int(out, "proposed", state.proposed);
        json_put_int(out, "accepted", state.accepted);
        json_put_int(out, "rejected", state.rejected);
        json_put_int(out, "undecided", state.undecided);
        json_put_int(out, "commits", state.commits);
        json_put_int(out, "quarantined", state.quarantined);
        json_put_int(out, "waiting", state.waiting);
        json_put_new(out, "own_counts", json_boolean(state.own_counts));
        print_json(out);
        return EXIT_DONE;
    }
    printf("%s%s%s\n", paint(PAINT_BOLD), s->dir, paint(PAINT_NONE));
    printf("  %jd documents, %jd commits, head %.16s\n", (intmax_t)state.documents,
           (intmax_t)state.commits, head);
    printf("  ● %jd accepted   ○ %jd proposed   × %jd rejected\n", (intmax_t)state.accepted,
           (intmax_t)state.proposed, (intmax_t)state.rejected);
    if (state.undecided)
        printf("  ◐ %jd statements have decisions that contradict each other: govah review\n",
               (intmax_t)state.undecided);
    if (state.quarantined)
        printf("  %jd commits wait in quarantine: govah members\n", (intmax_t)state.quarantined);
    if (!state.own_counts)
        puts("  this device's key is not a member's yet: what it does waits in quarantine");
    if (state.waiting)
        printf("  %jd commits wait for what they build on: import it\n", (intmax_t)state.waiting);
    if (!state.documents)
        puts("\nNothing is here yet. Take in reports: govah add FILE...");
    else if (state.proposed)
        puts("\nWhat the reader proposes waits for a decision: govah review");
    return EXIT_DONE;
}

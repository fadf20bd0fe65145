#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/random.h"
#include "base/hex.h"
#include "fixture.h"
#include "store/store_int.h"

enum { LINES_LIMIT = 256 };

static size_t split(struct str lines, struct str out[LINES_LIMIT])
{
    size_t count = 0;
    struct str line;
    while (str_cut(&lines, '\n', &line) && line.len) {
        assert_true(count < LINES_LIMIT);
        out[count++] = line;
    }
    return count;
}

/* the lines with a head of their own, signed by anybody: what an attacker can always make */
static void resign(const struct str *lines, size_t count, struct buf *out)
{
    static const uint8_t seed[SECRET_SEED_SIZE] = {7};
    struct signing_key key;
    struct fault why;
    char digits[HASH_DIGITS + 1];
    signing_key_of_seed(seed, &key);
    buf_init(out, 64 << 20);
    for (size_t i = 0; i < count; i++) {
        buf_add(out, lines[i]);
        buf_add_byte(out, '\n');
    }
    struct hash digest = hash_of(buf_str(out));
    hash_write(&digest, digits);
    json_t *head = json_object();
    json_put(head, "kind", STR("export"));
    json_put_int(head, "version", 1);
    json_put_int(head, "lines", (int64_t)count);
    json_put(head, "digest", str_of(digits));
    json_put_new(head, "heads", json_array());
    object_sign(head, EXPORT_CONTEXT, &key);
    assert_int_equal(json_write(out, head, &why), OK);
    buf_add_byte(out, '\n');
    json_decref(head);
}

static bool same_lines(struct archive *a, struct archive *b)
{
    struct buf one, two;
    struct str left[LINES_LIMIT], right[LINES_LIMIT];
    fixture_export(a, STR_NONE, &one);
    fixture_export(b, STR_NONE, &two);
    size_t count = split(buf_str(&one), left);
    bool same = count == split(buf_str(&two), right) && count > 1;
    for (size_t i = 0; same && i + 1 < count; i++) /* the last is the head, each its own */
        same = str_equal(left[i], right[i]);
    same = same && !str_equal(left[count - 1], right[count - 1]);
    buf_release(&one);
    buf_release(&two);
    return same;
}

static void decide_first(struct archive *a, enum verdict verdict, const struct hash *document)
{
    struct arena arena;
    arena_init(&arena);
    struct statement_view view = fixture_statement(a, document, 0, &arena);
    fixture_decide(a, verdict, &view, 1);
    arena_release(&arena);
}

/* ---- union ---- */

static void exchange_in_any_order_gives_the_same(void **state)
{
    struct buf from_owner, from_member, later;
    (void)state;
    struct archive *owner = fixture_make("u-owner", NULL);
    struct archive *member = fixture_make("u-member", archive_owner(owner));
    struct archive *first = fixture_make("u-first", archive_owner(owner));
    struct archive *second = fixture_make("u-second", archive_owner(owner));
    fixture_decide_key(owner, VERDICT_MEMBER, archive_own_key(member), NULL);
    struct hash document = fixture_add(owner, STR("12 people\n13 people"), NULL, NULL);
    fixture_add(member, STR("12 people\n13 people"), NULL, NULL);
    fixture_export(owner, STR_NONE, &from_owner);
    fixture_take(member, buf_str(&from_owner));
    decide_first(owner, VERDICT_ACCEPT, &document);
    decide_first(member, VERDICT_REJECT, &document);
    fixture_export(member, STR_NONE, &from_member);
    fixture_export(owner, STR_NONE, &later);

    fixture_take(first, buf_str(&from_owner));
    fixture_take(first, buf_str(&from_member));
    fixture_take(first, buf_str(&later));
    fixture_take(second, buf_str(&later));
    fixture_take(second, buf_str(&from_owner));
    fixture_take(second, buf_str(&from_member));
    struct exchange_count again = fixture_take(second, buf_str(&from_member));
    assert_int_equal(again.commits + again.objects + again.bytes, 0);
    assert_true(again.known > 5);
    fixture_take(owner, buf_str(&from_member));
    fixture_take(member, buf_str(&later));

    struct archive *all[] = {owner, member, first, second};
    struct hash digest = fixture_digest(owner);
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct hash other = fixture_digest(all[i]);
        assert_true(hash_equal(&digest, &other));
        assert_true(i == 0 || same_lines(owner, all[i]));
        struct archive_state s = fixture_state(all[i]);
        assert_int_equal(s.undecided,
                         1); /* contradicting, neither superseded: the cautious rules */
        assert_int_equal(s.rejected, 1);
        assert_int_equal(s.quarantined + s.waiting, 0);
        fixture_assert_derived(all[i]);
    }
    decide_first(member, VERDICT_ACCEPT, &document); /* supersedes both */
    assert_int_equal(fixture_state(member).undecided, 0);
    assert_int_equal(fixture_state(member).accepted, 1);
    buf_release(&from_owner);
    buf_release(&from_member);
    buf_release(&later);
    for (size_t i = 0; i < COUNT_OF(all); i++)
        archive_close(all[i]);
}

static void an_export_goes_beyond_another(void **state)
{
    struct buf whole, first, rest;
    struct exchange_count count;
    struct fault why;
    (void)state;
    struct archive *a = fixture_make("b-owner", NULL);
    struct archive *b = fixture_make("b-other", archive_owner(a));
    fixture_add(a, STR("12 people"), NULL, NULL);
    fixture_export(a, STR_NONE, &first);
    fixture_add(a, STR("13 people"), NULL, NULL);
    struct str head = fixture_head_line(buf_str(&first));
    fixture_export(a, head, &rest);
    assert_true(rest.len < first.len);
    assert_int_equal(archive_reaches(a, head, &why), OK);
    assert_int_equal(archive_reaches(b, head, &why), DAMAGED);
    assert_int_equal(archive_reaches(b, STR("{}"), &why), REFUSED);
    assert_int_equal(archive_reaches(b, str_slice(head, 0, head.len - 1), &why), REFUSED);

    /* the rest alone waits for what it builds on */
    count = fixture_take(b, buf_str(&rest));
    assert_int_equal(count.commits, 1);
    assert_int_equal(count.waiting, 1);
    assert_int_equal(fixture_state(b).documents, 0);
    struct buf findings;
    fixture_findings(b, &findings);
    assert_true(str_find(buf_str(&findings), STR(" builds on "), 0) != SIZE_MAX);
    buf_release(&findings);
    count = fixture_take(b, buf_str(&first));
    assert_int_equal(count.waiting, 0);
    assert_int_equal(fixture_state(b).waiting, 0);
    assert_int_equal(fixture_state(b).documents, 2);
    assert_true(same_lines(a, b));
    fixture_assert_derived(b);

    fixture_export(a, STR_NONE, &whole);
    struct buf nothing;
    fixture_export(a, fixture_head_line(buf_str(&whole)), &nothing);
    struct str lines[LINES_LIMIT];
    assert_int_equal(split(buf_str(&nothing), lines), 1);
    count = fixture_take(b, buf_str(&nothing));
    assert_int_equal(count.commits + count.objects + count.known, 0);
    buf_release(&nothing);
    buf_release(&whole);
    buf_release(&first);
    buf_release(&rest);
    archive_close(a);
    archive_close(b);
}

/* ---- what is refused, whole ---- */

enum damage {
    CUT_OFF,
    NO_HEAD,
    LINE_MISSING,
    LINE_TWICE,
    LINES_SWAPPED,
    LINE_BEHIND,
    LINE_ALTERED,
    HEAD_ALTERED,
    RESIGNED_WHOLE,
    RESIGNED_LOOSE_OBJECT,
    RESIGNED_LOOSE_BYTES,
    RESIGNED_FORGED_COMMIT,
    RESIGNED_OTHER_BYTES,
    RESIGNED_NOT_CANONICAL,
    RESIGNED_EXTRA_MEMBER,
    RESIGNED_JUNK,
};

static const struct {
    enum damage damage;
    const char *fault; /* NULL: taken */
} damages[] = {
    {CUT_OFF, "cut off after line 5: the signed head at its end is missing"},
    {NO_HEAD, "cut off after line 6: the signed head at its end is missing"},
    {LINE_MISSING, "line 6: the signed head is not that of the lines before it"},
    {LINE_TWICE, "line 8: the signed head is not that of the lines before it"},
    {LINES_SWAPPED, "line 7: the signed head is not that of the lines before it"},
    {LINE_BEHIND, "line 8: a line behind the signed head"},
    {LINE_ALTERED, "line 4: "},
    {HEAD_ALTERED, "line 7: the signature is not that of the author"},
    {RESIGNED_WHOLE, NULL},
    {RESIGNED_LOOSE_OBJECT, "belongs to no commit of this export"},
    {RESIGNED_LOOSE_BYTES, "belongs to no commit of this export"},
    {RESIGNED_FORGED_COMMIT, "line 6: the signature is not that of the author"},
    {RESIGNED_OTHER_BYTES, "bytes that are not what their id says"},
    {RESIGNED_NOT_CANONICAL, "line 7: JSON that is not in canonical form"},
    {RESIGNED_EXTRA_MEMBER, "line 7: bytes without an id or a body"},
    {RESIGNED_JUNK, "line 7: not JSON at byte"},
};

static char *replaced(struct str line, struct str what, struct str by)
{
    size_t at = str_find(line, what, 0);
    assert_int_not_equal(at, SIZE_MAX);
    assert_int_equal(what.len, by.len);
    char *copy = str_dup(line);
    memcpy(copy + at, by.at, by.len);
    return copy;
}

/* the good export is: decision, commit, bytes, capture, text, commit, head */
static void damage_lines(enum damage damage, struct str good, struct buf *out)
{
    struct str lines[LINES_LIMIT], head;
    size_t count = split(good, lines);
    char *made = NULL;
    assert_int_equal(count, 7);
    head = lines[6];
    buf_init(out, 64 << 20);
    switch (damage) {
    case CUT_OFF:
        buf_add(out, str_slice(good, 0, (size_t)(lines[5].at - good.at) + 10));
        return;
    case NO_HEAD:
        buf_add(out, str_slice(good, 0, (size_t)(head.at - good.at)));
        return;
    case LINE_BEHIND:
        buf_add(out, good);
        buf_add(out, lines[0]);
        buf_add_byte(out, '\n');
        return;
    case LINE_MISSING:
        memmove(&lines[3], &lines[4], 3 * sizeof lines[0]);
        count = 6;
        break;
    case LINE_TWICE:
        lines[7] = head;
        lines[6] = lines[5];
        count = 8;
        break;
    case LINES_SWAPPED:
        lines[6] = lines[3];
        lines[3] = lines[4];
        lines[4] = lines[6];
        lines[6] = head;
        break;
    case LINE_ALTERED:
        lines[3] = str_of(
            made = replaced(lines[3], STR("\"kind\":\"capture\""), STR("\"kind\":\"captive\"")));
        break;
    case HEAD_ALTERED:
        lines[6] = str_of(made = replaced(head, STR("\"lines\":6"), STR("\"lines\":5")));
        break;
    case RESIGNED_WHOLE:
        resign(lines, 6, out);
        return;
    case RESIGNED_LOOSE_OBJECT:
        lines[6] = STR("{\"bytes\":\"00000000000000000000000000000000000000000000000000000000000000"
                       "01\",\"extractor\":\"x/1\",\"kind\":\"text\",\"sha256\":\"000000000000000"
                       "0000000000000000000000000000000000000000000000001\",\"size\":0}");
        resign(lines, 7, out);
        return;
    case RESIGNED_LOOSE_BYTES:
        lines[6] = STR("{\"base64\":\"YWJj\",\"id\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177"
                       "a9cb410ff61f20015ad\",\"kind\":\"bytes\"}");
        resign(lines, 7, out);
        return;
    case RESIGNED_FORGED_COMMIT:
        lines[5] =
            str_of(made = replaced(lines[5], STR("\"note\":\"add\""), STR("\"note\":\"bad\"")));
        resign(lines, 6, out);
        mem_free(made);
        return;
    case RESIGNED_OTHER_BYTES:
        lines[6] = STR("{\"base64\":\"YWJk\",\"id\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177"
                       "a9cb410ff61f20015ad\",\"kind\":\"bytes\"}");
        resign(lines, 7, out);
        return;
    case RESIGNED_NOT_CANONICAL:
        lines[6] = STR("{\"kind\": \"text\"}");
        resign(lines, 7, out);
        return;
    case RESIGNED_EXTRA_MEMBER:
        lines[6] = STR("{\"base64\":\"\",\"id\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca"
                       "495991b7852b855\",\"kind\":\"bytes\",\"name\":\"x\"}");
        resign(lines, 7, out);
        return;
    case RESIGNED_JUNK:
        lines[6] = STR("\x01\x02");
        resign(lines, 7, out);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        buf_add(out, lines[i]);
        buf_add_byte(out, '\n');
    }
    mem_free(made);
}

static void damaged_exports_are_refused_whole(void **state)
{
    struct buf good, lines, before, after;
    (void)state;
    struct archive *a = fixture_make("d-owner", NULL);
    fixture_add(a, STR("12 people"), NULL, NULL);
    fixture_export(a, STR_NONE, &good);
    struct archive *b = fixture_make("d-other", archive_owner(a));
    fixture_add(b, STR("13 people"), NULL, NULL);
    fixture_export(b, STR_NONE, &before);
    struct hash digest = fixture_digest(b);
    for (size_t i = 0; i < COUNT_OF(damages); i++) {
        struct exchange_count count;
        struct fault why = {0};
        if (!damages[i].fault)
            continue;
        damage_lines(damages[i].damage, buf_str(&good), &lines);
        enum outcome result = fixture_import(b, buf_str(&lines), &count, &why);
        if (result != REFUSED || !strstr(why.text, damages[i].fault))
            fail_msg("damage %zu: %s", i, result == OK ? "taken" : why.text);
        struct hash now = fixture_digest(b);
        assert_true(hash_equal(&digest, &now));
        fixture_export(b, STR_NONE, &after);
        assert_true(str_equal(buf_str(&before), buf_str(&after)));
        buf_release(&after);
        buf_release(&lines);
    }
    assert_int_equal(fixture_import(b, STR_NONE, &(struct exchange_count){0}, &(struct fault){0}),
                     REFUSED);
    damage_lines(RESIGNED_WHOLE, buf_str(&good), &lines);
    fixture_take(b, buf_str(&lines));
    assert_int_equal(fixture_state(b).documents, 1); /* its own commit is no member's */
    buf_release(&lines);
    buf_release(&before);
    buf_release(&good);
    archive_close(a);
    archive_close(b);
}

/* whatever an import takes of altered lines under a good head, each commit in it is one that its
 * author signed, and the rows are a rebuild's */
static void mutated_exports_change_nothing_signed(void **state)
{
    struct random r = {97};
    struct buf good;
    struct str lines[LINES_LIMIT];
    size_t taken = 0;
    (void)state;
    struct archive *a = fixture_make("m-owner", NULL);
    struct hash document = fixture_add(a, STR("12 people"), NULL, NULL);
    decide_first(a, VERDICT_ACCEPT, &document);
    fixture_export(a, STR_NONE, &good);
    size_t count = split(buf_str(&good), lines) - 1;
    struct hash_list commits = {mem_alloc(count * sizeof(struct hash)), 0};
    for (size_t i = 0; i < count; i++)
        if (str_find(lines[i], STR("\"kind\":\"commit\""), 0) != SIZE_MAX)
            commits.at[commits.count++] = hash_of(lines[i]);
    hash_list_sort(&commits);
    assert_int_equal(commits.count, 3);
    struct archive *b = fixture_make("m-other", archive_owner(a));
    for (int round = 0; round < 2000; round++) {
        struct exchange_count number;
        struct fault why = {0};
        struct buf altered;
        if (round % 4 == 0) { /* under the true head: nothing at all may be altered */
            char *bytes = mem_alloc(good.len + 8);
            memcpy(bytes, good.at, good.len);
            size_t len = random_mutate(&r, bytes, good.len, good.len + 8);
            if (!str_equal((struct str){bytes, len}, buf_str(&good)) &&
                fixture_import(b, (struct str){bytes, len}, &number, &why) == OK)
                fail_msg("altered lines under the true head are taken");
            mem_free(bytes);
            continue;
        }
        size_t at = random_below(&r, count);
        char *line = mem_alloc(lines[at].len + 8);
        memcpy(line, lines[at].at, lines[at].len);
        size_t len = random_mutate(&r, line, lines[at].len, lines[at].len + 8);
        struct str whole = lines[at];
        lines[at] = (struct str){line, len};
        resign(lines, count, &altered);
        lines[at] = whole;
        taken += fixture_import(b, buf_str(&altered), &number, &why) == OK;
        mem_free(line);
        buf_release(&altered);
    }
    struct arena arena;
    struct commit_view *views;
    size_t views_count;
    struct fault why;
    arena_init(&arena);
    assert_int_equal(archive_commits(b, false, &arena, &views, &views_count, &why), OK);
    for (size_t i = 0; i < views_count; i++)
        assert_true(hash_list_has(&commits, &views[i].id));
    fixture_take(b, buf_str(&good));
    fixture_assert_derived(b);
    assert_int_equal(fixture_state(b).accepted, 1);
    assert_int_equal(fixture_state(b).documents, 1);
    assert_true(taken < 2000);
    arena_release(&arena);
    mem_free(commits.at);
    buf_release(&good);
    archive_close(a);
    archive_close(b);
}

/* ---- who may decide ---- */

static void strangers_wait_in_quarantine(void **state)
{
    struct buf lines;
    (void)state;
    struct archive *owner = fixture_make("q-owner", NULL);
    struct archive *stranger = fixture_make("q-stranger", NULL);
    struct hash document = fixture_add(owner, STR("12 people"), NULL, NULL);
    fixture_add(stranger, STR("12 people"), NULL, NULL);
    fixture_add(stranger, STR("99 people"), NULL, NULL);
    decide_first(stranger, VERDICT_REJECT, &document);
    fixture_decide_key(stranger, VERDICT_REVOKE, archive_owner(owner), NULL);
    struct hash before = fixture_digest(owner);
    fixture_export(stranger, STR_NONE, &lines);
    struct exchange_count count = fixture_take(owner, buf_str(&lines));
    assert_int_equal(count.commits, 5);
    assert_int_equal(count.quarantined, 5);
    struct archive_state s = fixture_state(owner);
    assert_int_equal(s.quarantined, 5);
    assert_int_equal(s.documents, 1);
    assert_int_equal(s.proposed, 1);
    assert_int_equal(s.rejected, 0);
    struct hash after = fixture_digest(owner);
    assert_false(hash_equal(&before, &after)); /* they are shown, and count for nothing */
    fixture_assert_derived(owner);
    struct buf findings;
    fixture_findings(owner, &findings);
    assert_int_equal(findings.len, 0);
    buf_release(&findings);

    fixture_decide_key(owner, VERDICT_MEMBER, archive_own_key(stranger), NULL);
    s = fixture_state(owner);
    assert_int_equal(s.quarantined, 0);
    assert_int_equal(s.documents, 2);
    assert_int_equal(s.rejected, 1);
    decide_first(owner, VERDICT_ACCEPT, &document); /* the owner counts, whatever a member says */
    assert_int_equal(fixture_state(owner).accepted, 1);
    fixture_assert_derived(owner);

    fixture_decide_key(owner, VERDICT_REVOKE, archive_own_key(stranger), NULL);
    s = fixture_state(owner);
    assert_int_equal(s.quarantined, 5);
    assert_int_equal(s.documents, 1);
    fixture_assert_derived(owner);
    buf_release(&lines);
    archive_close(owner);
    archive_close(stranger);
}

static void a_revocation_keeps_what_was_trusted(void **state)
{
    struct buf lines;
    (void)state;
    struct archive *owner = fixture_make("r-owner", NULL);
    struct archive *member = fixture_make("r-member", archive_owner(owner));
    fixture_decide_key(owner, VERDICT_MEMBER, archive_own_key(member), NULL);
    fixture_add(member, STR("12 people"), NULL, NULL);
    fixture_add(member, STR("13 people"), NULL, NULL);
    struct hash trusted = fixture_last_commit(member);
    fixture_add(member, STR("14 people"), NULL, NULL);
    fixture_export(member, STR_NONE, &lines);
    fixture_take(owner, buf_str(&lines));
    assert_int_equal(fixture_state(owner).documents, 3);
    fixture_decide_key(owner, VERDICT_REVOKE, archive_own_key(member),
                       &(struct hash_list){&trusted, 1});
    struct archive_state s = fixture_state(owner);
    assert_int_equal(s.documents, 2);
    assert_int_equal(s.quarantined, 1);
    fixture_assert_derived(owner);

    /* the member learns of it: what it adds from here on counts nowhere */
    buf_release(&lines);
    fixture_export(owner, STR_NONE, &lines);
    fixture_take(member, buf_str(&lines));
    assert_int_equal(fixture_state(member).documents, 2);
    fixture_add(member, STR("15 people"), NULL, NULL);
    assert_int_equal(fixture_state(member).documents, 2);
    assert_int_equal(fixture_state(member).quarantined, 2);
    fixture_assert_derived(member);

    /* admitted again, without a word about the revocation: undecided, so revoked */
    struct decision again = {.verdict = VERDICT_MEMBER,
                             .key = *archive_own_key(member),
                             .has_key = true,
                             .name = STR("Again")};
    json_t *object = decision_to_json(&again);
    fixture_put(owner, &object, 1);
    assert_int_equal(fixture_state(owner).documents, 2);
    fixture_decide_key(owner, VERDICT_MEMBER, archive_own_key(member), NULL);
    assert_int_equal(fixture_state(owner).documents, 3);
    fixture_assert_derived(owner);
    buf_release(&lines);
    archive_close(owner);
    archive_close(member);
}

static void members_decide_nothing_about_keys(void **state)
{
    struct buf lines, others;
    (void)state;
    struct archive *owner = fixture_make("k-owner", NULL);
    struct archive *member = fixture_make("k-member", archive_owner(owner));
    struct archive *friend = fixture_make("k-friend", archive_owner(owner));
    fixture_decide_key(owner, VERDICT_MEMBER, archive_own_key(member), NULL);
    fixture_export(owner, STR_NONE, &lines);
    fixture_take(member, buf_str(&lines));
    fixture_decide_key(member, VERDICT_MEMBER, archive_own_key(friend), NULL);
    fixture_decide_key(member, VERDICT_REVOKE, archive_owner(owner), NULL);
    fixture_add(friend, STR("12 people"), NULL, NULL);
    fixture_export(friend, STR_NONE, &others);
    fixture_take(member, buf_str(&others));
    buf_release(&lines);
    fixture_export(member, STR_NONE, &lines);
    struct exchange_count count = fixture_take(owner, buf_str(&lines));
    assert_int_equal(count.quarantined, 1);
    struct archive *both[] = {owner, member};
    for (size_t i = 0; i < 2; i++) {
        struct arena arena;
        struct member_view *members;
        size_t number;
        struct fault why;
        arena_init(&arena);
        assert_int_equal(fixture_state(both[i]).documents, 0);
        assert_int_equal(fixture_state(both[i]).quarantined, 1);
        assert_int_equal(archive_members(both[i], &arena, &members, &number, &why), OK);
        assert_int_equal(number, 3);
        assert_true(members[0].owner && members[0].member);
        for (size_t k = 0; k < number; k++)
            if (public_key_equal(&members[k].key, archive_own_key(friend)))
                assert_false(members[k].member);
        fixture_assert_derived(both[i]);
        arena_release(&arena);
    }
    struct hash a = fixture_digest(owner), b = fixture_digest(member);
    assert_true(hash_equal(&a, &b));
    buf_release(&lines);
    buf_release(&others);
    archive_close(owner);
    archive_close(member);
    archive_close(friend);
}

/* bytes that come after their capture */
static void late_bytes_complete_a_document(void **state)
{
    struct buf good, part;
    struct str lines[LINES_LIMIT];
    (void)state;
    struct archive *a = fixture_make("l-owner", NULL);
    struct archive *b = fixture_make("l-other", archive_owner(a));
    fixture_add(a, STR("12 people"), NULL, NULL);
    fixture_export(a, STR_NONE, &good);
    size_t count = split(buf_str(&good), lines), kept = 0;
    for (size_t i = 0; i + 1 < count; i++)
        if (!str_starts(lines[i], STR("{\"base64\"")))
            lines[kept++] = lines[i];
    assert_int_equal(kept, count - 2);
    resign(lines, kept, &part);
    fixture_take(b, buf_str(&part));
    assert_int_equal(fixture_state(b).documents, 0);
    struct buf findings;
    fixture_findings(b, &findings);
    assert_true(str_find(buf_str(&findings), STR("names are not here"), 0) != SIZE_MAX);
    buf_release(&findings);
    fixture_assert_derived(b);
    struct exchange_count late = fixture_take(b, buf_str(&good));
    assert_int_equal(late.bytes, 1);
    assert_int_equal(late.commits + late.objects, 0);
    assert_int_equal(fixture_state(b).documents, 1);
    fixture_assert_derived(b);
    assert_true(same_lines(a, b));
    buf_release(&good);
    buf_release(&part);
    archive_close(a);
    archive_close(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exchange_in_any_order_gives_the_same),
        cmocka_unit_test(an_export_goes_beyond_another),
        cmocka_unit_test(damaged_exports_are_refused_whole),
        cmocka_unit_test(mutated_exports_change_nothing_signed),
        cmocka_unit_test(strangers_wait_in_quarantine),
        cmocka_unit_test(a_revocation_keeps_what_was_trusted),
        cmocka_unit_test(members_decide_nothing_about_keys),
        cmocka_unit_test(late_bytes_complete_a_document),
    };
    return cmocka_run_group_tests_name("store exchange", tests, fixture_begin, fixture_end);
}

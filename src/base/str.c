#include "base/str.h"

struct str str_of(const char *text)
{
    return text ? (struct str){text, strlen(text)} : STR_NONE;
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int str_compare(struct str a, struct str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    if (order)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.at, prefix.at, prefix.len) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0);
}

size_t str_find(struct str s, struct str part, size_t from)
{
    if (from > s.len)
        return SIZE_MAX;
    if (part.len == 0)
        return from;
    const char *hit = s.len - from < part.len ? NULL
                      : part.len == 1         ? memchr(s.at + from, part.at[0], s.len - from)
                                      : memmem(s.at + from, s.len - from, part.at, part.len);
    return hit ? (size_t)(hit - s.at) : SIZE_MAX;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return s.at ? (struct str){s.at + from, to - from} : STR_NONE;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len && is_space(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

bool str_cut(struct str *rest, char separator, struct str *head)
{
    if (!rest->at)
        return false;
    const char *hit = rest->len ? memchr(rest->at, separator, rest->len) : NULL;
    if (!hit) {
        *head = *rest;
        *rest = STR_NONE;
        return true;
    }
    size_t before = (size_t)(hit - rest->at);
    *head = (struct str){rest->at, before};
    *rest = (struct str){hit + 1, rest->len - before - 1};
    return true;
}

bool str_to_int(struct str s, int64_t *out)
{
    bool minus = s.len && s.at[0] == '-';
    size_t i = minus ? 1 : 0;
    if (i == s.len)
        return false;
    int64_t value = 0;
    for (; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        int digit = s.at[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    if (!minus && __builtin_sub_overflow(0, value, &value))
        return false;
    *out = value;
    return true;
}

char *str_dup(struct str s)
{
    char *copy = mem_alloc(s.len + 1);
    if (s.len)
        memcpy(copy, s.at, s.len);
    return copy;
}

#include "record/capture.h"

#include "record/record_int.h"

static int64_t number_at(struct str at, size_t from, size_t to)
{
    int64_t value;
    return str_to_int(str_slice(at, from, to), &value) ? value : -1;
}

static bool time_exists(struct str at)
{
    static const int64_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t year = number_at(at, 0, 4), month = number_at(at, 5, 7), day = number_at(at, 8, 10);
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] - (month == 2 && !leap) && number_at(at, 11, 13) < 24 &&
           number_at(at, 14, 16) < 60 && number_at(at, 17, 19) < 60;
}

enum outcome time_check(struct str at, struct fault *why)
{
    static const char shape[] = "0000-00-00T00:00:00Z";
    bool fits = at.len == sizeof shape - 1;
    for (size_t i = 0; fits && i < at.len; i++)
        fits = shape[i] == '0' ? at.at[i] >= '0' && at.at[i] <= '9' : at.at[i] == shape[i];
    if (!fits || !time_exists(at))
        return refuse(why, REFUSED, "\"%.*s\" is not a time such as %s", STR_ARG(at), shape);
    return OK;
}

json_t *capture_to_json(const struct capture *c)
{
    json_t *object = json_object();
    json_put(object, "kind", STR("capture"));
    json_put_hash(object, "bytes", &c->bytes);
    json_put_int(object, "size", c->size);
    json_put_public_key(object, "by", &c->by);
    json_put(object, "at", c->at);
    json_put(object, "how", c->how);
    json_put(object, "name", c->name);
    json_put(object, "media", c->media);
    json_put(object, "charset", c->charset);
    json_put(object, "title", c->facts.title);
    json_put(object, "publisher", c->facts.publisher);
    json_put(object, "published", c->facts.published);
    json_put(object, "lang", c->facts.lang);
    json_put(object, "url", c->facts.url);
    return object;
}

enum outcome capture_of_json(const json_t *object, struct capture *c, struct fault *why)
{
    struct fields in;
    fields_begin(&in, object, "capture");
    *c = (struct capture){
        .bytes = fields_hash(&in, "bytes"),
        .size = fields_int(&in, "size", -1),
        .by = fields_public_key(&in, "by"),
        .at = fields_text(&in, "at"),
        .how = fields_text(&in, "how"),
        .name = fields_text(&in, "name"),
        .media = fields_text(&in, "media"),
        .charset = fields_text(&in, "charset"),
        .facts = {.title = fields_text(&in, "title"),
                  .publisher = fields_text(&in, "publisher"),
                  .published = fields_text(&in, "published"),
                  .lang = fields_text(&in, "lang"),
                  .url = fields_text(&in, "url")},
    };
    if (c->size < 0)
        fields_refuse(&in, "no size");
    enum outcome result = fields_end(&in, why);
    return result == OK ? time_check(c->at, why) : result;
}

json_t *kept_text_to_json(const struct kept_text *t)
{
    json_t *object = json_object();
    json_put(object, "kind", STR("text"));
    json_put_hash(object, "bytes", &t->bytes);
    json_put(object, "extractor", t->extractor);
    json_put_hash(object, "sha256", &t->sha256);
    json_put_int(object, "size", t->size);
    return object;
}

enum outcome kept_text_of_json(const json_t *object, struct kept_text *t, struct fault *why)
{
    struct fields in;
    fields_begin(&in, object, "text");
    *t = (struct kept_text){
        .bytes = fields_hash(&in, "bytes"),
        .extractor = fields_text(&in, "extractor"),
        .sha256 = fields_hash(&in, "sha256"),
        .size = fields_int(&in, "size", -1),
    };
    if (t->size < 0 || !t->extractor.len)
        fields_refuse(&in, "no size or no extractor");
    return fields_end(&in, why);
}

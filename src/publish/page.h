/* The pages: a view of the record as HTML. One table lists them; the workspace serves them over an
 * archive, the published site will write them to files.
 *
 * A page changes nothing, but for those that decide. It depends on the archive, the fields and the
 * voice alone, on no clock, so that what was answered once may be answered again until the record
 * changes. Addresses hold no name, no word that somebody searched and no id that outlives the run;
 * titles in the head of a page say what kind of page it is and nothing of what is on it: a
 * browser's history keeps both. */
#ifndef GOVAH_PUBLISH_PAGE_H
#define GOVAH_PUBLISH_PAGE_H

#include "account/figures.h"
#include "publish/out.h"
#include "publish/voice.h"
#include "read/read.h"
#include "seal/address.h"
#include "store/query.h"

/* The same for every page of a run; read-only. */
struct page_site {
    const struct reader *reader;
    const struct languages *languages;
    struct address_key addresses;
    struct str form_token; /* goes into every form that posts, as the field "token" */
    const struct incident_facts *incidents; /* of data/country */
    size_t incidents_count;
    struct account_shelf *accounts;   /* account/shelf.h; NULL: each page makes its own account */
    struct sentence_shelf *sentences; /* publish/sentence_shelf.h; NULL: each page finds them */
    struct str folder;                /* where the archive lies, or empty */
};

/* A field of the address or of a form, decoded and valid UTF-8. */
struct field {
    struct str name, value;
};

enum theme { THEME_AUTO, THEME_LIGHT, THEME_DARK };

/* One page being made. Strings live in the arena. */
struct page {
    const struct page_site *site;
    struct archive *archive; /* for writing where the entry decides, else for reading */
    struct arena *arena;
    struct voice voice;
    enum theme theme;
    const struct field *fields;
    size_t fields_count;
    struct str id;     /* digits of the id that the address holds, or empty */
    struct str here;   /* the path that was asked for */
    bool partial;      /* a script asked, and puts what comes into the page it has */
    struct str moment; /* now, UTC, for decisions alone */

    /* the answer */
    struct buf *out;     /* what is inside <main>, or the part asked for */
    struct str title;    /* kind of page, in the voice's language */
    int status;          /* HTTP; 200 */
    struct str location; /* where to go instead (303), or empty */
    bool passing;        /* it will say more when something is worked out: not to be kept */
    const char *file;    /* what is in `out` is a file to be kept under that name, or NULL */
    const char *media;   /* of the file */
};

enum page_verb { PAGE_GET = 1, PAGE_POST = 2 };

/* Beside the verbs: it may take seconds to make, and other pages are not to wait for it. */
enum { PAGE_SLOW = 4 };

struct page_entry {
    const char *path; /* "/documents/{id}": {id} is an address */
    unsigned verbs;   /* enum page_verb, and PAGE_SLOW, or-ed */
    bool decides;     /* opens the archive for writing */
    enum outcome (*show)(struct page *, struct fault *why);
};

/* Ends with an entry without a path. */
extern const struct page_entry page_table[];

/* The entry for a path, its address in *address (empty when it has none); NULL when there is none.
 */
const struct page_entry *page_find(struct str path, struct str *address);

/* Makes the page and appends it to `html`, with its frame unless it is partial. A fault becomes a
 * page of its own that says what, where and why, with the HTTP status that it deserves. */
void page_answer(const struct page_entry *, struct page *, struct buf *html);

/* A page for what never reached a page: 403, 404, 413... in the same frame, by its HTTP status. */
void page_refusal(struct page *, int status, struct str text, struct buf *html);

/* ---- for the pages themselves ---- */

/* The value of a field, or empty. */
struct str page_field(const struct page *, const char *name);

/* "/documents/" and the address of the id, in the arena. */
struct str page_link(const struct page *, const char *path, const struct hash *id);

/* Appends the hidden fields that every form that posts must have. */
void page_form_token(struct page *);

#endif

/* What institutions and officials are called, and links to their pages. */
#ifndef GOVAH_PUBLISH_BODY_WORDS_INT_H
#define GOVAH_PUBLISH_BODY_WORDS_INT_H

#include "account/body_account.h"
#include "publish/sentence_int.h"

/* "Revolutionary Court of Tehran, branch 30", in the page's language where the tables know it. */
struct markup body_said(struct page *, const struct body_view *);

/* An official by a name: as the tables have them in the page's language, else as written. */
struct markup official_said(struct page *, struct str name);

/* "court", "ward", "judge"; "official" where nothing says what kind. */
struct str body_kind_said(struct page *, const struct body_view *);

/* The same as a link to its page. */
struct markup body_link(struct page *, const struct body_view *);

/* "6 cases", with those that are proposed. */
struct markup body_cases_said(struct page *, const struct body_cases *);

/* A detail of a life event, or with "body" its body, as a link to whom or what it names; the text
 * alone where it names none. */
struct markup body_detail_said(struct page *, const struct life_event *, struct str detail,
                               struct str text);

#endif

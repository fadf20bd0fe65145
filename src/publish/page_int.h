/* The pages, for the table. */
#ifndef GOVAH_PUBLISH_PAGE_INT_H
#define GOVAH_PUBLISH_PAGE_INT_H

#include "publish/page.h"

enum outcome page_about(struct page *, struct fault *why);
enum outcome page_estimate(struct page *, struct fault *why);
enum outcome page_figures(struct page *, struct fault *why);
enum outcome page_group(struct page *, struct fault *why);
enum outcome page_person(struct page *, struct fault *why);
enum outcome page_audit(struct page *, struct fault *why);
enum outcome page_audits(struct page *, struct fault *why);
enum outcome page_alerts(struct page *, struct fault *why);
enum outcome page_calendar(struct page *, struct fault *why);
enum outcome page_calendar_file(struct page *, struct fault *why);
enum outcome page_institution(struct page *, struct fault *why);
enum outcome page_institutions(struct page *, struct fault *why);
enum outcome page_official(struct page *, struct fault *why);
enum outcome page_officials(struct page *, struct fault *why);
enum outcome page_people(struct page *, struct fault *why);
enum outcome page_lists(struct page *, struct fault *why);
enum outcome page_matches(struct page *, struct fault *why);
enum outcome page_match(struct page *, struct fault *why);
enum outcome page_match_decide(struct page *, struct fault *why);
enum outcome page_search(struct page *, struct fault *why);
enum outcome page_overview(struct page *, struct fault *why);
enum outcome page_documents(struct page *, struct fault *why);
enum outcome page_document(struct page *, struct fault *why);
enum outcome page_statement(struct page *, struct fault *why);
enum outcome page_next(struct page *, struct fault *why);
enum outcome page_decide(struct page *, struct fault *why);
enum outcome page_edit(struct page *, struct fault *why);

/* The frame around what is in <main>: head, navigation, foot. */
void frame_write(const struct page *, struct str inside, struct buf *html);

#endif

/* How well a document suits a search, found by FTS5 while it goes through the index. */
#ifndef GOVAH_STORE_SEARCH_INT_H
#define GOVAH_STORE_SEARCH_INT_H

#include "store/store_int.h"

enum { SIGHT_PLACES = 8, SIGHT_WORDS = 16 };

/* What one document has of the words. */
struct sight {
    double score;
    uint32_t count;                /* of places */
    uint32_t places[SIGHT_PLACES]; /* the first tokens of the body that match, in order */
};

/* Registers the SQL function search_sight(derived_search, WORDS), which gives the bytes of a struct
 * sight. Byte i of the blob WORDS says which of the words asked for, below SIGHT_WORDS, phrase i of
 * the query stands for.
 *
 * The score is the sum over the words of n / (n + 1.2 (0.25 + 0.75 length / mean length)) for n
 * places in title and body: BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework,
 * 2009, formula 3.15) without its weight of rare words, for which the whole list of each word would
 * have to be read. It gains one for each word that the title has, and one for each word that stands
 * right behind the one before it somewhere, as the two parts of a name do. */
MUST_USE enum outcome sight_register(struct archive *, const fts5_api *, struct fault *why);

#endif

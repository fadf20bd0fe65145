/* Functions that lose count of their bytes do not compile. Included by str.h, so by everything. */
#ifndef GOVAH_BASE_BANNED_H
#define GOVAH_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol atof

#endif

// A count that nobody guards.
#pragma once

void count_one();
int counted();

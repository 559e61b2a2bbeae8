// Prints a page of rows made by hand, for page_test.mjs: every verdict, 2 to 6 lanes, 200 steps, plots.
#include <cstdio>

#include "reports/writers/html.hpp"
#include "reports/writers/html/made_timeline.hpp"

int main() {
    const auto page = revenant::reports::to_html(revenant::reports::made_report());
    return std::fwrite(page.data(), 1, page.size(), stdout) == page.size() ? 0 : 1;
}

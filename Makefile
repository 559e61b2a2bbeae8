# Verbs. Each is the command that CI runs; the logic is in CMake and in harness/tools.
.PHONY: help deps build command programs check-models report picture repro fuzz torture test test-readers \
  test-tls clang asan tsan tsan-threads asan-command bench bench-search bench-tls \
  lint nightly pin answers format clean install packages test-packages

help:
	@echo "make check-models  search the catalogue: every claim must hold (build/reports/check-models.json)"
	@echo "make report        the same as a page (build/reports/report.html) and in the formats of CI systems"
	@echo "make picture       draw the README's picture anew, in a browser"
	@echo "make repro BUG=id  a bug report (reports/bugs) in the model and on real threads, broken and fixed"
	@echo "make fuzz          what reads strangers' input, with libFuzzer, a minute each (SECONDS=n)"
	@echo "make torture MINUTES=10  attacks on the command: kills, damaged input, absurd words, full disks"
	@echo "make test          build with g++ and run every test"
	@echo "make test-readers  the reports in a real browser, and held to the schemas of CI systems"
	@echo "make test-tls      the TLS client with proxies, servers and clients of others, on loopback"
	@echo "make clang         build with Clang and run every test"
	@echo "make asan          all that needs no Relacy under AddressSanitizer, UBSan and leak detection"
	@echo "make tsan          the same under ThreadSanitizer"
	@echo "make tsan-threads  of these, the tests of what has threads"
	@echo "make asan-command  the command, with Relacy in it, under AddressSanitizer and UBSan"
	@echo "make lint          clang-tidy, cppcheck and shellcheck: mistakes that can be seen without running"
	@echo "make bench         the production primitives against std, as ratios"
	@echo "make bench-search  the searches beside Relacy's own: executions, time, memory"
	@echo "make bench-tls     the TLS client: contexts and connections reused, and made; beside curl"
	@echo "make nightly       the long checks (NIGHTLY_MINUTES=10 scales them); reports in build/reports/nightly"
	@echo "make pin           write the counts of executions that the tests expect; read the diff"
	@echo "make answers       write the answers to bug reports that the tests expect; read the diff"
	@echo "make install PREFIX=folder  the command and the libraries for projects of your own"
	@echo "make packages      Debian packages of them, one a component (build/packages)"
	@echo "make test-packages  installs them in a clean Debian, and builds with them there (as root)"
	@echo "make deps          install missing Debian packages, or print the line that does"
	@echo "make clean         remove build/"

deps:
	@harness/tools/deps.sh

build: deps
	@harness/tools/build.sh release

command: deps
	@harness/tools/build.sh release revenant

install: deps
	@harness/tools/build.sh release revenant_package
	@cmake --install build/release \
	  --prefix $(or $(PREFIX),$(error PREFIX is not set: make install PREFIX=folder)) >/dev/null

packages: deps
	@harness/tools/build.sh release revenant_package
	@cpack --config build/release/CPackConfig.cmake -B build/packages >/dev/null
	@ls build/packages/*.deb

test-packages: packages
	@harness/tools/deps.sh packages
	@harness/package/debian_test.sh build/packages

programs: deps
	@harness/tools/build.sh release revenant revenant-threads revenant-threads-asan revenant-threads-tsan

check-models: command
	@mkdir -p build/reports
	build/release/bin/revenant check --interleavings unexpected --json build/reports/check-models.json
	@harness/tools/check_native.sh

report: command
	@harness/tools/report.sh

picture:
	@harness/tools/picture.sh

ifeq ($(BUG),bun-27838-tunnel)
repro: deps
	@harness/tools/repro_tunnel.sh
else
repro: programs
	build/release/bin/revenant repro \
	  reports/bugs/$(or $(BUG),$(error BUG is not set: make repro BUG=bun-27838; reports/bugs has them all))
endif

fuzz:
	@harness/tools/fuzz.sh $(SECONDS)

torture:
	@harness/tools/torture.sh $(or $(MINUTES),10) $(SEED)

test: build
	ctest --preset release

test-readers:
	@harness/tools/readers.sh

test-tls:
	@harness/tools/test_tls.sh

clang asan tsan:
	@harness/tools/deps.sh sanitizers
	@harness/tools/build.sh $@
	ctest --preset $@

# Of `make tsan`, what has threads. `stress` and `tunnel` name several tests each.
threaded := impl_tests tls_tests http_tests tls_soak process_tests revenant-stress revenant-tunnel \
  revenant-tunnel-stress
tsan-threads:
	@harness/tools/deps.sh sanitizers
	@harness/tools/build.sh tsan revenant-sanitizer-canary $(threaded)
	ctest --preset tsan -R '^(impl_tests|tls_tests|http_tests|tls_soak|process_tests|stress|tunnel)'

lint:
	@harness/tools/lint.sh

asan-command:
	@harness/tools/deps.sh sanitizers
	@harness/tools/asan_command.sh

bench:
	@harness/tools/bench.sh impl_parity_bench

nightly:
	@harness/tools/nightly.sh

pin:
	@harness/tools/pin.sh

answers:
	@harness/tools/answers.sh

bench-search:
	@harness/tools/bench_search.sh --json build/reports/bench-search.json

bench-tls:
	@harness/tools/bench.sh tls_bench --benchmark_repetitions=5 \
	  --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true

format:
	git ls-files '*.hpp' '*.cpp' | xargs clang-format-14 -i

clean:
	rm -rf build

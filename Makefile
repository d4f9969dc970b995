# The usual targets by their usual names; meson does the work. BUILD is the build folder, SETUP
# holds further options for `meson setup`.
BUILD ?= build
SETUP ?=
PREFIX ?= /usr/local

.PHONY: all demo check lint format install clean

all: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	tools/install-packages build
	meson setup $(BUILD) --prefix $(PREFIX) $(SETUP)

demo: all
	tools/demo $(BUILD)

check:
	tools/install-packages build test web-test
	tools/run-tests $(BUILD) $(SETUP)

lint:
	tools/install-packages test
	tools/check-format
	tools/check-cppcheck
	tools/check-scripts

format:
	tools/check-format --fix

install: all
	meson install -C $(BUILD) --no-rebuild

clean:
	rm -rf $(BUILD)

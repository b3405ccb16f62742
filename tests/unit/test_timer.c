/*
 * One-shot timers and the conversions of time.
 */
#include "unit.h"

#include <kernel/timer.h>

struct alarm {
	struct timer timer;
	char letter;
	struct alarm *starts; /* another one, when this fires */
	struct alarm *stops;
};

static void ring(struct timer *timer)
{
	struct alarm *alarm = list_entry(timer, struct alarm, timer);

	assert_false(timer_armed(timer));
	unit_note(alarm->letter);
	if (alarm->starts)
		timer_start(&alarm->starts->timer, host_time() + 5);
	if (alarm->stops)
		timer_stop(&alarm->stops->timer);
}

static void alarm_init(struct alarm *alarm, char letter)
{
	*alarm = (struct alarm){.letter = letter};
	timer_init(&alarm->timer, ring);
}

static struct alarm alarms[4];

static void alarms_init(void)
{
	for (int i = 0; i < 4; i++)
		alarm_init(&alarms[i], (char)('A' + i));
}

static void fires_in_order_of_deadline(void **state)
{
	(void)state;
	alarms_init();
	timer_start(&alarms[0].timer, 300);
	timer_start(&alarms[1].timer, 100);
	timer_start(&alarms[2].timer, 200);
	host_run();
	assert_string_equal(unit_notes(), "BCA");
	assert_int_equal(host_time(), 300);
}

static void equal_deadlines_fire_first_come_first_served(void **state)
{
	(void)state;
	alarms_init();
	for (int i = 3; i >= 0; i--)
		timer_start(&alarms[i].timer, 50);
	host_run();
	assert_string_equal(unit_notes(), "DCBA");
}

static void does_not_fire_before_its_deadline(void **state)
{
	(void)state;
	alarms_init();
	timer_start(&alarms[0].timer, 100);
	host_advance(99);
	assert_false(arch_poll_interrupts());
	assert_true(timer_armed(&alarms[0].timer));
	host_advance(1);
	assert_true(arch_poll_interrupts());
	assert_string_equal(unit_notes(), "A");
}

static void past_deadline_fires_at_the_next_opportunity(void **state)
{
	(void)state;
	alarms_init();
	host_advance(1000);
	timer_start(&alarms[0].timer, 10);
	assert_string_equal(unit_notes(), "");
	arch_poll_interrupts();
	assert_string_equal(unit_notes(), "A");
	assert_int_equal(host_time(), 1000);
}

static void stopped_timer_does_not_fire(void **state)
{
	(void)state;
	alarms_init();
	timer_start(&alarms[0].timer, 10);
	timer_start(&alarms[1].timer, 20);
	timer_stop(&alarms[0].timer);
	timer_stop(&alarms[0].timer);
	assert_false(timer_armed(&alarms[0].timer));
	host_run();
	assert_string_equal(unit_notes(), "B");
}

static void starting_again_moves_the_deadline(void **state)
{
	(void)state;
	alarms_init();
	timer_start(&alarms[0].timer, 10);
	timer_start(&alarms[1].timer, 20);
	timer_start(&alarms[0].timer, 30);
	host_run();
	assert_string_equal(unit_notes(), "BA");
	assert_int_equal(host_time(), 30);
}

static void firing_timer_may_start_and_stop_others(void **state)
{
	(void)state;
	alarms_init();
	alarms[0].starts = &alarms[0];
	alarms[0].stops = &alarms[1];
	timer_start(&alarms[0].timer, 10);
	timer_start(&alarms[1].timer, 10);
	host_advance(10);
	arch_poll_interrupts();
	assert_string_equal(unit_notes(), "A");
	assert_false(timer_armed(&alarms[1].timer));
	alarms[0].starts = NULL;
	host_run();
	assert_string_equal(unit_notes(), "A");
	assert_int_equal(host_time(), 15);
}

static void one_interrupt_serves_all_that_is_due(void **state)
{
	(void)state;
	alarms_init();
	for (int i = 0; i < 3; i++)
		timer_start(&alarms[i].timer, 10u + (unsigned)i);
	timer_start(&alarms[3].timer, 500);
	host_advance(400);
	arch_poll_interrupts();
	assert_string_equal(unit_notes(), "ABC");
	timer_stop(&alarms[3].timer);
}

/* It may be early by a timer that was stopped, never late, and is exact again after the next interrupt. */
static void hardware_follows_the_earliest_deadline(void **state)
{
	(void)state;
	alarms_init();
	assert_int_equal(host_deadline(), TICKS_NEVER);
	timer_start(&alarms[0].timer, 300);
	assert_int_equal(host_deadline(), 300);
	timer_start(&alarms[1].timer, 200);
	assert_int_equal(host_deadline(), 200);
	timer_start(&alarms[2].timer, 400);
	assert_int_equal(host_deadline(), 200);
	timer_stop(&alarms[1].timer);
	assert_in_range(host_deadline(), 0, 300);
	timer_interrupt();
	assert_int_equal(host_deadline(), 300);
	timer_stop(&alarms[0].timer);
	timer_stop(&alarms[2].timer);
	timer_interrupt();
	assert_int_equal(host_deadline(), TICKS_NEVER);
	assert_string_equal(unit_notes(), "");
}

static void conversions_round_up_and_back_down(void **state)
{
	uint64_t seconds;
	uint32_t ns;

	(void)state;
	assert_int_equal(timer_from_ns(0, 0), 0);
	assert_int_equal(timer_from_ns(0, 1), 1);
	assert_int_equal(timer_from_ns(0, 1000000000 / ARCH_TIMER_HZ), 1);
	assert_int_equal(timer_from_ns(0, 1000000000 / ARCH_TIMER_HZ + 1), 2);
	assert_int_equal(timer_from_ns(0, 999999999), ARCH_TIMER_HZ);
	assert_int_equal(timer_from_ns(3, 0), 3 * ARCH_TIMER_HZ);
	timer_to_ns(7 * (ticks_t)ARCH_TIMER_HZ + 1, &seconds, &ns);
	assert_int_equal(seconds, 7);
	assert_int_equal(ns, 1000000000 / ARCH_TIMER_HZ);
}

static void conversions_lose_nothing_between_whole_ticks(void **state)
{
	uint64_t seconds;
	uint32_t ns;

	(void)state;
	for (ticks_t ticks = 1; ticks < (ticks_t)1 << 62; ticks = ticks * 3 + 1) {
		timer_to_ns(ticks, &seconds, &ns);
		assert_true(ns < 1000000000);
		assert_int_equal(timer_from_ns(seconds, ns), ticks);
	}
}

static void conversions_saturate(void **state)
{
	uint64_t seconds;
	uint32_t ns;

	(void)state;
	assert_int_equal(timer_from_ns(UINT64_MAX, 999999999), TICKS_NEVER - 1);
	assert_int_equal(timer_from_ns(TICKS_NEVER / ARCH_TIMER_HZ, 0), TICKS_NEVER - 1);
	assert_true(timer_from_ns(TICKS_NEVER / ARCH_TIMER_HZ - 2, 999999999) < TICKS_NEVER - 1);
	timer_to_ns(TICKS_NEVER, &seconds, &ns);
	assert_int_equal(seconds, TICKS_NEVER / ARCH_TIMER_HZ);
	assert_true(ns < 1000000000);
}

static const struct CMUnitTest tests[] = {
	UNIT(timer, fires_in_order_of_deadline),
	UNIT(timer, equal_deadlines_fire_first_come_first_served),
	UNIT(timer, does_not_fire_before_its_deadline),
	UNIT(timer, past_deadline_fires_at_the_next_opportunity),
	UNIT(timer, stopped_timer_does_not_fire),
	UNIT(timer, starting_again_moves_the_deadline),
	UNIT(timer, firing_timer_may_start_and_stop_others),
	UNIT(timer, one_interrupt_serves_all_that_is_due),
	UNIT(timer, hardware_follows_the_earliest_deadline),
	UNIT(timer, conversions_round_up_and_back_down),
	UNIT(timer, conversions_lose_nothing_between_whole_ticks),
	UNIT(timer, conversions_saturate),
};
UNIT_MAIN(timer, tests)

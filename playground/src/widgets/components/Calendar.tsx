import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../ui/Button';
import { addDays, addMonths, monthName, spokenFully, today, weekdays, weeksOf, type Day } from './days';

interface CalendarProps {
  /** Empty if no day is chosen. */
  value: Day;
  min: Day | undefined;
  max: Day | undefined;
  onChoose: (day: Day) => void;
}

const STEPS: Readonly<Record<string, (day: Day) => Day>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
};

/** A month to choose a day from. Arrow keys move in it, and into the next month. */
export function Calendar({ value, min, max, onChoose }: CalendarProps) {
  const [active, setActive] = useState<Day>(within(value === '' ? today() : value, min, max));
  const grid = useRef<HTMLTableElement>(null);
  useEffect(() => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(), [active]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setActive(within(step(active), min, max));
  };
  const month = active.slice(0, 7);
  return (
    <div role="dialog" aria-label="Choose a date" className="calendar">
      <header>
        <IconButton
          icon={ChevronLeft}
          label="Previous month"
          onClick={() => setActive(within(addMonths(active, -1), min, max))}
        />
        <strong aria-live="polite">{monthName(active)}</strong>
        <IconButton
          icon={ChevronRight}
          label="Next month"
          onClick={() => setActive(within(addMonths(active, 1), min, max))}
        />
      </header>
      <table ref={grid} role="grid" aria-label={monthName(active)} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weekdays().map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(active).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} aria-selected={day === value}>
                  <button
                    type="button"
                    tabIndex={day === active ? 0 : -1}
                    disabled={day !== within(day, min, max)}
                    data-other={!day.startsWith(month) || undefined}
                    data-chosen={day === value || undefined}
                    data-today={day === today() || undefined}
                    aria-label={spokenFully(day)}
                    onClick={() => onChoose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Compares days as ISO text, which sorts chronologically. */
function within(day: Day, min: Day | undefined, max: Day | undefined): Day {
  if (min !== undefined && day < min) return min;
  return max !== undefined && day > max ? max : day;
}

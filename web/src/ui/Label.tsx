import { t } from '@/i18n';
import css from './Label.module.css';

export const colors = [
  'gray',
  'red',
  'orange',
  'amber',
  'lime',
  'green',
  'teal',
  'sky',
  'blue',
  'violet',
  'pink',
] as const;
export type ColorName = (typeof colors)[number];

export function Label({ name, color }: { name: string; color: ColorName }) {
  return (
    <span className={css.label} data-color={color}>
      <span className={css.dot} />
      <span dir="auto">{name || t(`color.${color}`)}</span>
    </span>
  );
}

export function ColorDot({ color }: { color: ColorName }) {
  return <span className={css.dot} data-color={color} aria-hidden />;
}

export function ColorSquare({ color }: { color: ColorName }) {
  return <span className={css.square} data-color={color} aria-hidden />;
}

export function ColorPicker({
  label,
  value,
  onChange,
}: {
  label: string;
  value: ColorName;
  onChange: (color: ColorName) => void;
}) {
  return (
    <fieldset className={css.colors}>
      <legend>{label}</legend>
      {colors.map(color => (
        <label key={color} className={css.swatch} data-color={color} title={t(`color.${color}`)}>
          <input
            type="radio"
            name="color"
            aria-label={t(`color.${color}`)}
            checked={value === color}
            onChange={() => onChange(color)}
          />
          <span />
        </label>
      ))}
    </fieldset>
  );
}

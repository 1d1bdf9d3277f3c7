import { useState } from 'react';
import { ArrowLeft, ArrowRight, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import type { BoardStatus } from '@/api';
import type { Place } from '@/features/tasks';
import { t } from '@/i18n';
import { IconButton, Menu, MenuItem, MenuLine } from '@/ui';
import { ColumnDialog, DeleteColumnDialog } from './ColumnDialogs';
import { useStatuses } from './useStatuses';

export function ColumnMenu({ place, status, count }: { place: Place; status: BoardStatus; count: number }) {
  const { change, all } = useStatuses(place);
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const statuses = all();
  const index = statuses.findIndex(one => one.id === status.id);
  const shift = (step: number) => change.mutate({ status: status.id, position: index + step });
  return (
    <>
      <Menu
        button={
          <IconButton tiny label={t('column.menu', { name: status.name })}>
            <Ellipsis size={15} />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil size={14} />} onSelect={() => setOpen('edit')}>
          {t('column.edit')}
        </MenuItem>
        <MenuItem icon={<ArrowLeft size={14} />} isDisabled={index <= 0} onSelect={() => shift(-1)}>
          {t('column.left')}
        </MenuItem>
        <MenuItem icon={<ArrowRight size={14} />} isDisabled={index === statuses.length - 1} onSelect={() => shift(1)}>
          {t('column.right')}
        </MenuItem>
        <MenuLine />
        <MenuItem
          icon={<Trash2 size={14} />}
          isDangerous
          isDisabled={statuses.length < 2}
          onSelect={() => setOpen('delete')}
        >
          {t('column.delete')}
        </MenuItem>
      </Menu>
      {open === 'edit' && <ColumnDialog place={place} status={status} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <DeleteColumnDialog place={place} status={status} count={count} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

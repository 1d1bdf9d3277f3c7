import { queryOptions } from '@tanstack/react-query';
import { answer, api, keys } from '@/api';

export const holdsQuery = queryOptions({ queryKey: keys.holds, queryFn: () => answer(api.GET('/me/holds')) });

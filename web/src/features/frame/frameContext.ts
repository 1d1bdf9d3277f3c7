import { createContext, useContext } from 'react';

export type Frame = {
  workspace: string;
  openDrawer: () => void;
  /** Not there for a guest, nor where no project could hold the task. */
  createTask: (() => void) | undefined;
  openPalette: () => void;
};

export const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('This part of the page stands inside a workspace.');
  return frame;
}

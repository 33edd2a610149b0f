interface InspectorProps {
  tab: string;
  onTab: (tab: string) => void;
  onClose: () => void;
}

export default function Inspector({ tab }: InspectorProps) {
  return <aside className="inspector" aria-label="Inspector" data-tab={tab} />;
}

export default function Gallery() {
  return <main className="gallery" aria-label="Widget gallery" />;
}

#!/bin/sh
# Makes everything in this folder that is not a script: the picture, its sound, and two thumbnails.
# Needs node, ffmpeg with libx264 and libopus, and the DejaVu fonts. Not part of any build: run it by hand.
set -eu
cd "$(dirname "$0")"
fonts=${FONTS:-/usr/share/fonts/truetype/dejavu}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet='-y -hide_banner -loglevel error'

title="drawtext=fontfile=$fonts/DejaVuSans-Bold.ttf:text=DEMONSTRATION:fontsize=54:fontcolor=white:x=56:y=48"
subtitle="drawtext=fontfile=$fonts/DejaVuSans.ttf:text=A looped clip. Nobody is streaming this.:fontsize=24:fontcolor=white:x=58:y=114"
timecode="drawtext=fontfile=$fonts/DejaVuSansMono-Bold.ttf:timecode='10\:00\:00\:00':rate=25:fontsize=44:fontcolor=white:x=56:y=654"
legend="drawtext=fontfile=$fonts/DejaVuSans.ttf:text=25 fps   Rec.709:fontsize=20:fontcolor=0xb8b8b8:x=420:y=666"

node draw-frames.mjs | ffmpeg $quiet -f rawvideo -pixel_format yuv420p -video_size 1280x720 -framerate 25 -i - \
  -vf "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,$title,$subtitle,$timecode,$legend" \
  -c:v ffv1 "$work/picture.mkv"

# A key frame every 5 frames, so that a viewer starts within 0.2 s; no B-frames; constrained baseline; BT.709 limited.
ffmpeg $quiet -i "$work/picture.mkv" -c:v libx264 -profile:v baseline -level 3.1 -preset veryslow -crf "${CRF:-26}" \
  -pix_fmt yuv420p -g 5 -keyint_min 5 -sc_threshold 0 -bf 0 -refs 1 \
  -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 \
  -x264-params "slices=1:aud=0:repeat-headers=1" -bsf:v filter_units=remove_types=6 -f h264 picture.h264

# Sound: 80 ms of 1 kHz with every flash. Three loops are encoded so that the encoders are in their stride at the
# seam, and only the middle one is played: 8 s are 400 Opus packets and 375 AAC frames exactly. sound.ogg is cut here;
# an ADTS file cannot be cut exactly, so the reader skips the first loop and the encoder's one frame of priming.
# Opus begins 312 samples early (its pre-skip), so its beeps are drawn that much earlier.
beep() { echo "aevalsrc=exprs='if(lt(mod(t+$1,1),0.08),0.25*sin(2*PI*1000*t),0)':sample_rate=48000:duration=24,aformat=channel_layouts=stereo"; }
ffmpeg $quiet -f lavfi -i "$(beep 0.0065)" -c:a libopus -b:a 24k -vbr on -frame_duration 20 "$work/sound.ogg"
ffmpeg $quiet -f lavfi -i "$(beep 0)" -c:a aac -b:a 64k "$work/sound.aac"
ffmpeg $quiet -ss 8 -t 8 -i "$work/sound.ogg" -c copy sound.ogg
cp "$work/sound.aac" sound.aac

ffmpeg $quiet -ss 4.4 -i "$work/picture.mkv" -frames:v 1 -vf scale=640:360:flags=lanczos -q:v 4 thumb.jpg
camera="drawtext=fontfile=$fonts/DejaVuSans-Bold.ttf:text=DEMONSTRATION:fontsize=34:fontcolor=white:x=(w-tw)/2:y=140"
camera="$camera,drawtext=fontfile=$fonts/DejaVuSans.ttf:text=A camera is live. This origin makes no thumbnail of it.:fontsize=18:fontcolor=0xb8b8b8:x=(w-tw)/2:y=196"
ffmpeg $quiet -f lavfi -i color=0x2b2b2b:size=640x360 -frames:v 1 -vf "$camera" -q:v 4 thumb-camera.jpg
ls -l
